package io.sluice.bench.compare;

import java.util.ArrayList;
import java.util.List;

/** What is measured, in the order in which it is. */
enum Scenario {
    HELLO("hello", "`return 200`, one worker, 64 keepalive clients"),
    PROXY("proxy", "proxied, one worker, 64 keepalive clients"),
    PROXY_NEW("proxy-new", "proxied, a new client connection for each request"),
    TWO_WORKERS("two-workers", "proxied, two workers that share their peers"),
    NIO("nio", "proxied, on the NIO driver"),
    HEAP("heap", "Java heap allocated for a proxied request"),
    IDLE("idle", "an idle keepalive connection"),
    START("start", "from the start to the first answer");

    private final String shortName;
    private final String title;

    Scenario(String shortName, String title) {
        this.shortName = shortName;
        this.title = title;
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
