package io.sluice.proxy;

import io.sluice.core.buffer.Constant;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.origin.Origin;

/** A server whose peer at / sends clients elsewhere, and the places where they may go on. {@code untyped} says nothing of a type. */
final class AccelPlaces implements Plugin {
    @Override
    public String id() {
        return "untyped";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder).content("untyped", _ -> _ -> AccelPlaces::told);
    }

    private static Outcome told(HttpRequest request) {
        request.respond(200, null, Constant.of(new byte[] {'t', 'o', 'l', 'd'}));
        return Outcome.DONE;
    }

    static String conf(String more, Origin peer, Origin other) {
        return """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", proxy.pass = "http://%1$s" }
                    { path = "/strict", proxy { pass = "http://%1$s", ignore-headers = [
                      x-accel-redirect, x-accel-limit-rate, x-accel-charset, x-accel-buffering, x-accel-expires ] } }
                    { path = "/content", return { status = 200, text = "content $request_uri $uri $args" } }
                    { path = "/untyped", untyped {} }
                    { path = "/other", proxy.pass = "http://%2$s" }
                    { path = "@named", proxy.pass = "http://%2$s" }
                    { path = "/gone", return = 404 }
                  ]
                } ]
                %3$s
                """.formatted(peer.authority(), other.authority(), more);
    }
}
