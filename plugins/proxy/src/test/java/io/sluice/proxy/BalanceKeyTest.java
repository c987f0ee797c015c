package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.UpstreamBinder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a balancer is told of a request by HTTP: its key, its client, how far the attempt has come. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BalanceKeyTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Takes the first that may be tried and writes down what it is told. */
    private final class Listening implements Plugin, Balancer {
        @Override
        public String id() {
            return "balance.listening";
        }

        @Override
        public void configure(PluginBinder binder) {
            UpstreamBinder.of(binder).balancer("listening", _ -> this);
        }

        @Override
        public Choice get(PeerRequest request) {
            heard.add("get '" + new String(request.keyBytes(), 0, request.keyLength(), StandardCharsets.US_ASCII)
                    + "' for " + request.client().host());
            for (int i = 0; i < request.peers().size(); i++) {
                if (request.peers().mayTry(i) && request.take(i)) {
                    return Choice.PEER;
                }
            }
            return Choice.BUSY;
        }

        @Override
        public void notify(PeerRequest request, PeerEvent event) {
            heard.add(event + " " + request.taken());
        }

        @Override
        public void free(PeerRequest request, Outcome outcome) {
            heard.add(outcome + " " + request.taken());
        }
    }

    @RegisterExtension
    final TestServers servers = Proxies.servers(new Listening());

    private static String balance(String key) {
        return "upstreams.backend.balance { method = listening, key = \"" + key + "\" }\n";
    }

    @OnBothDrivers
    void the_key_is_made_of_each_request_anew(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("ok")));
        TestServer server = servers.start(driver, Proxies.with(balance("$uri|$arg_a"), origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/one?a=1")).response();
            client.send(Proxies.get("/")).response();
        }
        assertEquals(
                List.of(
                        "get '/one|1' for 127.0.0.1",
                        "HEADER 0",
                        "KEEPALIVE 0",
                        "get '/|' for 127.0.0.1",
                        "HEADER 0",
                        "KEEPALIVE 0"),
                heard);
    }

    @OnBothDrivers
    void a_peer_whose_404_is_asked_for_elsewhere_keeps_its_connection(String driver) {
        Origin without = servers.closing(Origin.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone"));
        Origin with = servers.closing(Origin.answering(Proxies.ok("ok")));
        TestServer server = servers.start(
                driver, Proxies.with(balance("") + "http.proxy.next-upstream = [http-404]", without, with));
        try (RawClient client = server.client()) {
            assertEquals("ok", client.send(Proxies.get("/")).response().text());
            assertEquals("ok", client.send(Proxies.get("/")).response().text());
        }
        assertEquals(1, without.accepted());
        assertEquals(2, without.requests());
        assertEquals(
                List.of("get '' for 127.0.0.1", "NEXT_KEEPALIVE 0", "get '' for 127.0.0.1", "HEADER 1", "KEEPALIVE 1"),
                heard.subList(0, 5));
    }

    @OnBothDrivers
    void a_404_that_is_not_whole_or_has_too_much_closes_the_connection(String driver) {
        for (String answer : List.of(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnone",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nnone",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnone",
                "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\n\r\nnone")) {
            try (Origin without = Origin.answering(answer);
                    Origin with = Origin.answering(Proxies.ok("ok"));
                    RawClient client = servers.start(
                                    driver,
                                    Proxies.with(balance("") + "http.proxy.next-upstream = [http-404]", without, with))
                            .client()) {
                assertEquals("ok", client.send(Proxies.get("/")).response().text());
                assertEquals("ok", client.send(Proxies.get("/")).response().text());
                assertEquals(2, without.accepted(), answer);
            }
        }
        assertEquals(
                0,
                heard.stream().filter(line -> line.startsWith("NEXT_KEEPALIVE")).count());
    }

    @Test
    void a_key_with_an_unknown_variable_is_told_at_load() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> Proxies.builder().load("""
                upstreams.backend { balance.key = "$no_such", servers = "127.0.0.1:9" }
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", proxy.pass = "http://backend" } ]
                } ]
                """));
        assertEquals(1, refused.problems().size(), refused.getMessage());
        assertTrue(refused.getMessage().contains("no_such"), refused.getMessage());
    }
}
