package io.sluice.bench.compare;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * CPU time for a request as an SVG: two bars for each comparison, user and system time stacked. Each pair has a scale of
 * its own: a request for a large file costs thirty times that for a small answer.
 */
final class Plot {

    private static final int WIDTH = 860;
    private static final int BARS_FROM = 300;
    private static final int BARS_TO = 640;
    private static final int TOP = 70;
    private static final int GROUP = 64;
    private static final int BAR = 20;
    private static final String[] OURS = {"#1b6ca8", "#8fc1e3"};
    private static final String[] NGINX = {"#4d7c4d", "#a9cfa9"};

    private final StringBuilder svg = new StringBuilder();
    private final Formatter out = new Formatter(svg, Locale.ROOT);

    static String of(List<Result> results, String ours) {
        List<Result> compared =
                results.stream().filter(result -> !result.rounds().isEmpty()).toList();
        Plot plot = new Plot();
        plot.draw(compared, ours);
        return plot.svg.toString();
    }

    private void draw(List<Result> compared, String ours) {
        int height = TOP + compared.size() * GROUP + 20;
        out.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">\n",
                WIDTH, height, WIDTH, height);
        out.format("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n");
        out.format("<text x=\"20\" y=\"28\" font-size=\"16\" font-weight=\"bold\">CPU microseconds for a request"
                + " or a connection, medians; each pair has its own scale</text>\n");
        legend(20, ours, OURS);
        legend(330, "nginx", NGINX);
        out.format("<text x=\"%d\" y=\"52\" font-weight=\"bold\">ratio</text>\n", BARS_TO + 80);
        out.format("<text x=\"%d\" y=\"52\">mark</text>\n", BARS_TO + 150);
        for (int i = 0; i < compared.size(); i++) {
            group(compared.get(i), TOP + i * GROUP);
        }
        out.format("</svg>\n");
    }

    private void legend(int x, String server, String[] colours) {
        out.format("<rect x=\"%d\" y=\"41\" width=\"14\" height=\"12\" fill=\"%s\"/>\n", x, colours[0]);
        out.format("<text x=\"%d\" y=\"52\">%s, user</text>\n", x + 20, server);
        out.format("<rect x=\"%d\" y=\"41\" width=\"14\" height=\"12\" fill=\"%s\"/>\n", x + 140, colours[1]);
        out.format("<text x=\"%d\" y=\"52\">%s, system</text>\n", x + 160, server);
    }

    private void group(Result result, int y) {
        out.format("<text x=\"20\" y=\"%d\">%s</text>\n", y + 28, result.title());
        double longest = 0;
        for (Round round : result.rounds()) {
            longest = Math.max(
                    longest, Math.max(round.ours().micros(), round.nginx().micros()));
        }
        bar(result.rounds().stream().map(Round::ours).toList(), longest, y + 3, OURS);
        bar(result.rounds().stream().map(Round::nginx).toList(), longest, y + 5 + BAR, NGINX);
        out.format(
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"%s\">%.2f</text>\n",
                BARS_TO + 80, y + 28, result.met() ? "#1a7f37" : "#c1272d", result.value());
        out.format(
                "<text x=\"%d\" y=\"%d\">≤ %.2f</text>\n",
                BARS_TO + 150, y + 28, result.scenario().mark());
    }

    private void bar(List<Slot> slots, double longestMicros, int y, String[] colours) {
        double user = Median.of(slots, Slot::userMicros);
        double system = Median.of(slots, Slot::systemMicros);
        double scale = (BARS_TO - BARS_FROM) / longestMicros;
        out.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                BARS_FROM, y, user * scale, BAR, colours[0]);
        out.format(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                BARS_FROM + user * scale, y, system * scale, BAR, colours[1]);
        double textFrom = BARS_FROM + (user + system) * scale;
        // A mark for each round: how far they are apart is how sure the median is.
        for (Slot slot : slots) {
            double x = BARS_FROM + slot.micros() * scale;
            textFrom = Math.max(textFrom, x);
            out.format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"black\"/>\n", x, y + 4, x, y + BAR - 4);
        }
        out.format("<text x=\"%.1f\" y=\"%d\">%.2f</text>\n", textFrom + 6, y + 15, Median.of(slots, Slot::micros));
    }
}
