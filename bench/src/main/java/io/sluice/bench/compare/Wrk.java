package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator. Has no Lua on the path of a request, only a line of numbers at the end. */
final class Wrk {

    private static final String SCRIPT = """
            done = function(summary, latency, requests)
                local e = summary.errors
                io.write(string.format("RESULT %d %d %d %.1f %.1f %d %d %d %d %d\\n",
                    summary.requests, summary.duration, summary.bytes,
                    latency:percentile(50), latency:percentile(99),
                    e.connect, e.read, e.write, e.status, e.timeout))
            end
            """;
    private static final Pattern RESULT =
            Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) ([\\d.]+) ([\\d.]+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    private final Processes processes;
    private final Path script;

    Wrk(Processes processes, Path folder) {
        this.processes = processes;
        this.script = folder.resolve("wrk.lua");
        try {
            Files.writeString(script, SCRIPT);
        } catch (IOException failed) {
            throw new BenchException("cannot write " + script, failed);
        }
    }

    /**
     * Loads for so long; any error, any status from 400 on, and any answer of another size than the expected is the end of
     * the run.
     */
    Load run(String cores, String url, boolean newConnections, int connections, int seconds, int answerBytes) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", cores, "wrk", "-t1", "-c" + connections));
        command.addAll(List.of("-d" + seconds + "s", "--latency", "-s", script.toString()));
        if (newConnections) {
            command.addAll(List.of("-H", "Connection: close"));
        }
        command.add(url);
        String output = processes.run(command);
        Matcher found = RESULT.matcher(output);
        if (!found.find()) {
            throw new BenchException("wrk said nothing that can be read:\n" + output);
        }
        for (int error = 6; error <= 10; error++) {
            if (!"0".equals(found.group(error))) {
                throw new BenchException("not all went well with " + url + ":\n" + output);
            }
        }
        Load load = new Load(
                Long.parseLong(found.group(1)),
                Long.parseLong(found.group(2)) / 1e6,
                Long.parseLong(found.group(3)),
                Double.parseDouble(found.group(4)),
                Double.parseDouble(found.group(5)));
        check(load, url, answerBytes, output);
        return load;
    }

    /** wrk counts a 3xx as a success; its size gives it away, as it does an answer that was cut. */
    private static void check(Load load, String url, int answerBytes, String output) {
        if (load.requests() < 100) {
            throw new BenchException("hardly a request was answered by " + url + ":\n" + output);
        }
        double meanBytes = (double) load.bytes() / load.requests();
        if (Math.abs(meanBytes - answerBytes) > 0.02 * answerBytes) {
            throw new BenchException("an answer of " + url + " had " + answerBytes + " bytes, under load they have "
                    + meanBytes + ":\n" + output);
        }
    }
}
