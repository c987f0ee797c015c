package io.sluice.bench.compare;

import java.util.List;
import java.util.Locale;

/**
 * What came out of one scenario.
 *
 * @param title of its row; a scenario may have several
 * @param value compared with the scenario's mark
 * @param all what the value is the median of
 * @param ours in words
 * @param nginx the same of nginx in words, a dash where there is no such thing
 * @param rounds of a comparison under load, else empty
 */
record Result(
        Scenario scenario,
        String title,
        double value,
        List<Double> all,
        String ours,
        String nginx,
        List<Round> rounds) {

    static final String NOTHING = "–";

    static Result of(Scenario scenario, List<Double> all, String ours, String nginx) {
        return new Result(scenario, scenario.title(), Median.of(all), all, ours, nginx, List.of());
    }

    static Result ofRounds(Scenario scenario, String title, List<Round> rounds) {
        List<Double> ratios = rounds.stream().map(Round::ratio).toList();
        return new Result(
                scenario,
                title,
                Median.of(ratios),
                ratios,
                micros(Median.of(rounds, round -> round.ours().micros())),
                micros(Median.of(rounds, round -> round.nginx().micros())),
                rounds);
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, "%.2f µs", value);
    }

    boolean met() {
        return value <= scenario.mark();
    }

    String verdict() {
        if (met()) {
            return "met";
        }
        double easier = scenario.easierMark();
        return easier != scenario.mark() && value <= easier
                ? "missed (the earlier " + scenario.unit().text(easier) + ": met)"
                : "missed";
    }

    /** The value and, of several, the least and the greatest. */
    String valueWithSpread() {
        String text = scenario.unit().text(value);
        if (all.size() == 1) {
            return text;
        }
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return text + " (" + scenario.unit().text(sorted[0]) + " to "
                + scenario.unit().text(sorted[sorted.length - 1]) + ")";
    }
}
