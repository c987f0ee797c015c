package io.sluice.proxy;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.upstream.UpstreamsPlugin;
import java.util.ArrayList;
import java.util.List;

/** What the tests of the proxy start from. */
final class Proxies {
    private Proxies() {}

    /** Servers with http, proxy, upstreams, the balancer that ships, and more. */
    static TestServers servers(Plugin... more) {
        return new TestServers(plugins(more));
    }

    /** The same plugins, for a server that is started in another way. */
    static TestServer.Builder builder() {
        return TestServer.of(plugins());
    }

    static Plugin[] plugins(Plugin... more) {
        List<Plugin> plugins = new ArrayList<>(List.of(more));
        plugins.add(new HttpPlugin());
        plugins.add(new ProxyPlugin());
        plugins.add(new UpstreamsPlugin());
        for (Plugin found : Plugins.in(Proxies.class.getClassLoader())) {
            if (found.id().equals("balance.round-robin")) {
                plugins.add(found);
            }
        }
        return plugins.toArray(Plugin[]::new);
    }

    /** A proxy of everything to an upstream of these origins. */
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
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", proxy.pass = "http://backend" } ]
                } ]
                %s
                """.formatted(addresses, more);
    }

    /** A response with a body of known length. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: client.example\r\n\r\n";
    }
}
