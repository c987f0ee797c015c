package io.sluice.sticky;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServers;
import java.util.List;

/** What tests of stickiness on the wire start from. */
public final class Sticky {
    private Sticky() {}

    /** All that is there. */
    public static Plugin[] plugins() {
        return Plugins.in(Sticky.class.getClassLoader()).toArray(Plugin[]::new);
    }

    public static TestServers servers() {
        return new TestServers(plugins());
    }

    /** Answers each request with a body. */
    public static Origin answering(String body) {
        return Origin.answering(ok("", body));
    }

    /** @param headers lines, each with its end */
    public static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** A proxy of everything to an upstream. */
    public static String conf(String sticky, String more, Origin... origins) {
        String[] servers = new String[origins.length];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = server(origins[i], "");
        }
        return conf(sticky, more, servers);
    }

    /** @param servers elements of the setting */
    public static String conf(String sticky, String more, String... servers) {
        return """
                upstreams.backend { sticky = %s, servers = [ %s ] }
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                %s
                """.formatted(sticky, String.join(", ", servers), more);
    }

    /** @param more as {@code weight = 2}, or nothing */
    public static String server(Origin origin, String more) {
        return "{ address = \"" + origin.authority() + "\"" + (more.isEmpty() ? "" : ", " + more) + " }";
    }

    /** @param headers lines, each with its end */
    public static String get(String headers) {
        return get("/", headers);
    }

    public static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: client.example\r\n" + headers + "\r\n";
    }

    public static Response ask(RawClient client, String headers) {
        return client.send(get(headers)).response();
    }

    /** The one cookie that an answer tells, up to its attributes, as a client says it. */
    public static String kept(Response response) {
        List<String> told = response.headers("Set-Cookie");
        if (told.size() != 1) {
            throw new AssertionError("cookies told: " + told);
        }
        String one = told.getFirst();
        int end = one.indexOf(';');
        return "Cookie: " + (end < 0 ? one : one.substring(0, end)) + "\r\n";
    }
}
