package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WeightsTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private final Origin a = Origin.answering(Proxies.ok("a"));
    private final Origin b = Origin.answering(Proxies.ok("b"));
    private final Origin c = Origin.answering(Proxies.ok("c"));

    @OnBothDrivers
    void five_to_one_to_one_gives_nginx_sequence(String driver) {
        TestServer server = servers.start(driver, conf("weight = 5", "", ""));
        try (RawClient client = server.client()) {
            assertEquals("aabacaaaabacaaaabacaa", sequence(client, 21));
        }
    }

    @OnBothDrivers
    void equal_weights_take_turns(String driver) {
        TestServer server = servers.start(driver, conf("", "", ""));
        try (RawClient client = server.client()) {
            assertEquals("abcabcabc", sequence(client, 9));
        }
    }

    @OnBothDrivers
    void a_server_that_is_down_is_never_asked_and_a_backup_only_when_no_other_can_be(String driver) {
        TestServer server = servers.start(driver, conf("down = on", "backup = on", ""));
        try (RawClient client = server.client()) {
            assertEquals("cccc", sequence(client, 4));
            c.down();
            assertEquals("bbbb", sequence(client, 4));
        }
    }

    private String conf(String forA, String forB, String forC) {
        servers.closing(a);
        servers.closing(b);
        servers.closing(c);
        return """
                upstreams.backend.servers = [
                  { address = "%s" %s }
                  { address = "%s" %s }
                  { address = "%s" %s }
                ]
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(a.authority(), then(forA), b.authority(), then(forB), c.authority(), then(forC));
    }

    private static String then(String more) {
        return more.isEmpty() ? "" : ", " + more;
    }

    private static String sequence(RawClient client, int count) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < count; i++) {
            seen.append(client.send(Proxies.get("/")).response().text());
        }
        return seen.toString();
    }
}
