package io.sluice.sticky;

import static io.sluice.sticky.Sticky.ask;
import static io.sluice.sticky.Sticky.kept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients with a cookie and clients without, under each balancer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StickyBalancersTest {
    @RegisterExtension
    final TestServers servers = Sticky.servers();

    static Stream<Arguments> balancersAndDrivers() {
        return Stream.of(
                        "round-robin",
                        "ip-hash",
                        "{ method = hash, key = \"$request_uri\" }",
                        "{ method = hash, key = \"$request_uri\", consistent = on }",
                        "least-conn",
                        "least-time",
                        "{ method = least-time, measure = last-byte, inflight = on }",
                        "random",
                        "{ method = random, two = least-conn }",
                        "{ method = random, two = least-time }")
                .flatMap(balance -> Stream.of(Arguments.of("epoll", balance), Arguments.of("nio", balance)));
    }

    private TestServer start(String driver, String balance, String... terms) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            Origin origin = servers.closing(Sticky.answering(String.valueOf((char) ('a' + i))));
            elements.add(Sticky.server(origin, terms[i]));
        }
        return servers.start(
                driver,
                Sticky.conf(
                        "{ cookie { name = srv, path = / } }",
                        "upstreams.backend.balance = " + balance,
                        elements.toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("balancersAndDrivers")
    void a_client_with_the_cookie_has_one_peer_a_hundred_times(String driver, String balance) {
        TestServer server = start(driver, balance, "weight = 3", "", "weight = 2", "drain = on, route = old");
        try (RawClient client = server.client();
                RawClient others = server.client();
                RawClient old = server.client()) {
            String cookie = kept(ask(client, ""));
            String peer = ask(client, cookie).text();
            for (int i = 0; i < 100; i++) {
                Response response = client.send(Sticky.get("/" + i, cookie)).response();
                assertEquals(peer, response.text());
                assertEquals(cookie, kept(response));
                if (i % 10 == 0) {
                    Response other = others.send(Sticky.get("/" + i, "")).response();
                    assertTrue("abc".contains(other.text()), other.text());
                    assertEquals("d", ask(old, "Cookie: srv=old\r\n").text());
                }
            }
        }
    }

    @OnBothDrivers
    void without_a_cookie_the_distribution_is_the_balancers(String driver) {
        TestServer server = start(driver, "round-robin", "weight = 5", "", "");
        try (RawClient client = server.client()) {
            StringBuilder got = new StringBuilder();
            for (int i = 0; i < 14; i++) {
                got.append(ask(client, "").text());
            }
            assertEquals("aabacaaaabacaa", got.toString());
        }
    }

    @OnBothDrivers
    void who_is_stuck_counts_as_a_turn_of_his_peer(String driver) {
        TestServer server = start(driver, "round-robin", "route = a", "route = b", "route = c");
        try (RawClient client = server.client()) {
            // The first wish is a step: (0 0 0) becomes (-2 1 1). There a has fallen to -(total - weight), so the
            // others are none.
            for (int i = 0; i < 10; i++) {
                assertEquals("a", ask(client, "Cookie: srv=a\r\n").text());
            }
            StringBuilder got = new StringBuilder();
            for (int i = 0; i < 9; i++) {
                got.append(ask(client, "").text());
            }
            assertEquals("bcabcabca", got.toString());
        }
    }

    @OnBothDrivers
    void two_workers_agree(String driver) {
        List<String> elements = new ArrayList<>();
        for (String route : List.of("a", "b", "c")) {
            elements.add(Sticky.server(servers.closing(Sticky.answering(route)), "route = " + route));
        }
        TestServer server = servers.start(
                driver,
                Sticky.conf("{ cookie { name = srv, path = / } }", "workers = 2", elements.toArray(String[]::new)));
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                assertEquals("c", ask(client, "Cookie: srv=c\r\n").text());
            }
        }
    }
}
