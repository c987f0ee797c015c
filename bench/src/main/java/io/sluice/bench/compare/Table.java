package io.sluice.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results as Markdown. */
final class Table {

    private Table() {}

    static String of(List<Result> results, Options options, String ours, List<String> machine, String plot) {
        StringBuilder text = new StringBuilder("# " + ours + " beside nginx\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append(
                "\nEach row under load is CPU time for a request or a connection, user and system together, of the server and its"
                        + " workers;\nthe value is the median of the rounds' ratios, in parentheses the least and the"
                        + " greatest. All answers were 2xx.\n\n");
        text.append("| | ").append(ours).append(" | nginx | value | mark | |\n|---|---|---|---|---|---|\n");
        for (Result result : results) {
            Scenario scenario = result.scenario();
            row(
                    text,
                    result.title(),
                    result.ours(),
                    result.nginx(),
                    result.valueWithSpread(),
                    options.selfTest() ? Result.NOTHING : "≤ " + scenario.unit().text(scenario.mark()),
                    options.selfTest() ? "" : result.verdict().replace("missed", "**missed**"));
        }
        text.append("\n![CPU time for a request or a connection](").append(plot).append(")\n");
        details(text, results, ours);
        Disturbance worst = disturbance(results);
        text.append("\nAt worst during a measurement: ").append(worst).append('.');
        text.append(worst.isMuch() ? " **That is too much: measure again on a quiet machine.**\n" : "\n");
        return text.toString();
    }

    private static void details(StringBuilder text, List<Result> results, String ours) {
        text.append("""

                | medians under load | | CPU | user | system | a second | a second of CPU | p50 | p99 |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Result result : results) {
            if (!result.rounds().isEmpty()) {
                slots(
                        text,
                        result.title(),
                        ours,
                        result.rounds().stream().map(Round::ours).toList());
                slots(
                        text,
                        "",
                        "nginx",
                        result.rounds().stream().map(Round::nginx).toList());
            }
        }
    }

    private static Disturbance disturbance(List<Result> results) {
        Disturbance worst = Disturbance.NONE;
        for (Result result : results) {
            for (Round round : result.rounds()) {
                worst = worst.worse(round.disturbance());
            }
        }
        return worst;
    }

    private static void slots(StringBuilder text, String title, String server, List<Slot> slots) {
        row(
                text,
                title,
                server,
                median("%.2f µs", slots, Slot::micros),
                median("%.2f µs", slots, Slot::userMicros),
                median("%.2f µs", slots, Slot::systemMicros),
                median("%,.0f", slots, Slot::requestsPerSecond),
                median("%,.0f", slots, Slot::requestsPerSecondOfCpu),
                median("%.0f µs", slots, slot -> slot.load().p50Micros()),
                median("%.0f µs", slots, slot -> slot.load().p99Micros()));
    }

    private static String median(String format, List<Slot> slots, ToDoubleFunction<Slot> value) {
        double median = Median.of(slots, value);
        return Double.isNaN(median) ? Result.NOTHING : String.format(Locale.ROOT, format, median);
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
