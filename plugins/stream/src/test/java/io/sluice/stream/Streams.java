package io.sluice.stream;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.upstream.UpstreamsPlugin;
import java.util.ArrayList;
import java.util.List;

/** What the tests of stream start from. */
final class Streams {
    private Streams() {}

    /** Servers with stream, upstreams, the balancers that ship, the PROXY protocol, and more. */
    static TestServers servers(Plugin... more) {
        return new TestServers(plugins(more));
    }

    /** The same plugins, for a server that is started in another way. */
    static TestServer.Builder builder(Plugin... more) {
        return TestServer.of(plugins(more));
    }

    private static Plugin[] plugins(Plugin... more) {
        List<Plugin> plugins = new ArrayList<>(List.of(more));
        plugins.add(new StreamPlugin());
        plugins.add(new UpstreamsPlugin());
        for (Plugin found : Plugins.in(Streams.class.getClassLoader())) {
            if (found.id().startsWith("balance") || found.id().equals("proxy-protocol")) {
                plugins.add(found);
            }
        }
        return plugins.toArray(Plugin[]::new);
    }

    /** A server that passes everything to an upstream of these origins. */
    static String to(Origin... origins) {
        return with("", origins);
    }

    /** As {@link #to}, with more lines of configuration. */
    static String with(String more, Origin... origins) {
        StringBuilder addresses = new StringBuilder();
        for (Origin origin : origins) {
            addresses.append("{ address = \"").append(origin.authority()).append("\" }\n");
        }
        return """
                upstreams.backend.servers = [ %s ]
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = backend } ]
                %s
                """.formatted(addresses, more);
    }

    /** Sends back what it reads, until the other side ends its stream. */
    static Script echoing() {
        return session -> {
            for (byte[] some = session.readSome(16_384); some.length > 0; some = session.readSome(16_384)) {
                session.send(some);
            }
        };
    }

    /** Says something first, as databases do, then sends back what it reads. */
    static Script greeting(String text) {
        return session -> {
            session.send(text);
            echoing().run(session);
        };
    }
}
