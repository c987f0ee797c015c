package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The command line. Immutable.
 *
 * @param warmUpSeconds at most
 * @param kind what sort of run it is, and the name of the files it writes
 */
record Options(
        Set<Scenario> only,
        int rounds,
        int seconds,
        int warmUpSeconds,
        int idleConnections,
        int churnConnections,
        String kind,
        Path out,
        Path sluice,
        boolean selfTest) {

    static final String USAGE = """
            usage: bench/run [options]
              --quick          one short round of each, to see that it works; the numbers mean little
              --only NAMES     some of: %s (comma between them)
              --rounds N       rounds of each comparison, 5 if not said
              --seconds N      how long each server is measured in a round, 4 if not said
              --out FOLDER     where the table and the plot go; if not said bench/results, and bench/target/results
                               for what is no full run
              --sluice SCRIPT  the start script of another build
              --self-test      nginx on both sides: every ratio should be 1, what differs is noise
            """.formatted(String.join(", ", Scenario.names()));

    static Options parse(String[] arguments, Path root) {
        boolean quick = List.of(arguments).contains("--quick");
        Set<Scenario> only = EnumSet.allOf(Scenario.class);
        int rounds = quick ? 1 : 5;
        int seconds = quick ? 2 : 4;
        Path out = root;
        Path sluice = root.resolve("sluice");
        boolean selfTest = false;
        for (Iterator<String> left = List.of(arguments).iterator(); left.hasNext(); ) {
            String option = left.next();
            switch (option) {
                case "--quick" -> {}
                case "--self-test" -> selfTest = true;
                case "--only" -> only = scenarios(value(option, left));
                case "--rounds" -> rounds = number(option, left);
                case "--seconds" -> seconds = number(option, left);
                case "--out" -> out = Path.of(value(option, left)).toAbsolutePath();
                case "--sluice" -> sluice = Path.of(value(option, left)).toAbsolutePath();
                default -> throw new BenchException("unknown option " + option + "\n" + USAGE);
            }
        }
        boolean partial = only.size() < Scenario.values().length;
        String kind = selfTest ? "self-test" : quick ? "quick" : partial ? "partial" : "comparison";
        if (out.equals(root)) {
            out = root.resolve(kind.equals("comparison") ? "bench/results" : "bench/target/results");
        }
        int warmUpSeconds = quick ? 2 : 30;
        int idle = quick ? 2_000 : 10_000;
        int churn = quick ? 50_000 : 1_000_000;
        return new Options(only, rounds, seconds, warmUpSeconds, idle, churn, kind, out, sluice, selfTest);
    }

    private static Set<Scenario> scenarios(String names) {
        List<Scenario> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            found.add(Scenario.named(name.strip()));
        }
        return EnumSet.copyOf(found);
    }

    private static String value(String option, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new BenchException(option + " needs a value\n" + USAGE);
        }
        return left.next();
    }

    private static int number(String option, Iterator<String> left) {
        String value = value(option, left);
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new BenchException(option + " needs a number from 1 to 9999, not " + value);
        }
        return Integer.parseInt(value);
    }
}
