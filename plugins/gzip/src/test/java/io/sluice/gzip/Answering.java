package io.sluice.gzip;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpHandler;

/** Answers locations with {@code answering = on} by what the test says. */
record Answering(HttpHandler handler) implements Plugin {
    @Override
    public String id() {
        return "answering";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder).content("answering", location -> worker -> handler);
    }

    /** A server of nothing else, with gzip on for all types. */
    static String everything(String more) {
        return """
                http.gzip = { enabled = on, types = "*" }
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", answering = on } ] } ]
                %s
                """.formatted(more);
    }
}
