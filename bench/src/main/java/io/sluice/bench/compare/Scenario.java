package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is measured, in the order in which it is. */
enum Scenario {
    HELLO("hello", "return 200, one worker", Unit.RATIO, 1.0),
    PROXY("proxy", "proxied, one worker", Unit.RATIO, 1.0),
    PROXY_NEW("proxy-new", "proxied, each request on a new connection", Unit.RATIO, 1.2),
    TWO_WORKERS("two-workers", "proxied, two workers sharing peers", Unit.RATIO, 1.0),
    NIO("nio", "proxied, NIO driver", Unit.RATIO, 1.5),
    FILE_1K("file-1k", "file of 1 KB, opened each time", Unit.RATIO, 1.0),
    FILE_1K_CACHED("file-1k-cached", "file of 1 KB, kept open", Unit.RATIO, 1.0),
    FILE_1M("file-1m", "file of 1 MB, opened each time", Unit.RATIO, 1.0),
    ACCEPT_CLOSE("accept-close", "connection accepted and closed", Unit.RATIO, 1.0),
    ACCEPT_CLOSE_FULL("accept-close-full", "connection accepted and closed, the core full", Unit.RATIO, 1.0),
    PEERS_10("peers-10", "proxied, 10 peers", Unit.RATIO, 1.0),
    PEERS_1K("peers-1k", "proxied, 1,000 peers", Unit.RATIO, 1.0),
    PEERS_10K("peers-10k", "proxied, 10,000 peers", Unit.RATIO, 1.0),
    STREAM("stream", "a megabyte through a TCP proxy", Unit.RATIO, 1.0),
    HEAP("heap", "Java heap allocated per proxied request", Unit.BYTES, 64),
    IDLE("idle", "an idle keepalive connection", Unit.BYTES, 1024, 2048),
    CHURN("churn", "memory left by a million connections", Unit.KILOBYTES, 4096),
    START("start", "start to first answer", Unit.SECONDS, 1.0);

    /** What a mark is given in. A ratio is that of the CPU time for a request or connection, ours to nginx's. */
    enum Unit {
        RATIO("%.2f"),
        BYTES("%,.0f bytes"),
        KILOBYTES("%,.0f KB"),
        SECONDS("%.2f s");

        private final String format;

        Unit(String format) {
            this.format = format;
        }

        String text(double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }

    private final String shortName;
    private final String title;
    private final Unit unit;
    private final double mark;
    private final double easierMark;

    Scenario(String shortName, String title, Unit unit, double mark) {
        this(shortName, title, unit, mark, mark);
    }

    Scenario(String shortName, String title, Unit unit, double mark, double easierMark) {
        this.shortName = shortName;
        this.title = title;
        this.unit = unit;
        this.mark = mark;
        this.easierMark = easierMark;
    }

    Unit unit() {
        return unit;
    }

    /** The value not to be exceeded. */
    double mark() {
        return mark;
    }

    /** One that was set before the mark, and that a miss may still have met. The mark where there was none. */
    double easierMark() {
        return easierMark;
    }

    String shortName() {
        return shortName;
    }

    String title() {
        return title;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Scenario scenario : values()) {
            names.add(scenario.shortName);
        }
        return names;
    }

    static Scenario named(String name) {
        for (Scenario scenario : values()) {
            if (scenario.shortName.equals(name)) {
                return scenario;
            }
        }
        throw new BenchException("no measurement is named '" + name + "', there are: " + String.join(", ", names()));
    }
}
