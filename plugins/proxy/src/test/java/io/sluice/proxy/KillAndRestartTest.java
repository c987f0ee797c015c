package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server behind us that is killed and started again, many times, under load. {@code -Dsluice.soak=full}: 50 times. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KillAndRestartTest {
    private static final int TIMES = "full".equals(System.getProperty("sluice.soak")) ? 50 : 6;
    private static final int CLIENTS = 16;

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void no_client_sees_an_error_for_a_get_whose_response_had_not_begun(String driver) {
        List<Origin> origins = new ArrayList<>();
        StringBuilder addresses = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            Origin origin = servers.closing(Origin.answering(Proxies.ok("ok")));
            origins.add(origin);
            addresses.append("{ address = \"").append(origin.authority()).append("\", fail-timeout = 50ms }\n");
        }
        TestServer server = servers.start(driver, """
                workers = 2
                upstreams.backend.servers = [ %s ]
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  keepalive-requests = 1000000
                  locations = [ { path = "/", proxy.pass = "http://backend" } ]
                } ]
                """.formatted(addresses));
        try (ManyClients clients = ManyClients.ask(server, CLIENTS, 0)) {
            for (int i = 0; i < TIMES && clients.wrong().isEmpty(); i++) {
                Origin victim = origins.get(i % origins.size());
                int before = clients.answered();
                clients.await("load", () -> clients.answered() > before + 5 * CLIENTS);
                victim.down();
                int down = clients.answered();
                clients.await("answers of the others", () -> clients.answered() > down + 5 * CLIENTS);
                int requests = victim.requests();
                victim.up();
                clients.await("it is used again", () -> victim.requests() > requests + CLIENTS);
            }
            assertEquals(List.of(), clients.wrong());
        }
        assertTrue(server.log().count("left alone") >= 1, "no kill was noticed");
    }
}
