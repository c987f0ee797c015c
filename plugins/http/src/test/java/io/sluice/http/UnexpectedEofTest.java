package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection knows whether its stream ended before what was announced: the flag unexpected_eof. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnexpectedEofTest {
    private static final String CONF = """
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", swallow = on } ] } ]
            """;

    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new Swallow());

    /** Reads a body, answers ok. */
    private final class Swallow implements Plugin {
        @Override
        public String id() {
            return "swallow";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder)
                    .content("swallow", _ -> _ -> request -> {
                        connections.add(request.connection());
                        Buf buf = request.pool().take(1000);
                        RequestListener reading = new RequestListener() {
                            @Override
                            public void bodyReadable() {
                                int n = request.readBody(buf.clear());
                                while (n > 0) {
                                    n = request.readBody(buf.clear());
                                }
                                if (n == Io.END) {
                                    request.respond(200, "ok");
                                    request.finish();
                                }
                            }

                            @Override
                            public void aborted() {}
                        };
                        request.listener(reading);
                        reading.bodyReadable();
                        return Outcome.PARKED;
                    })
                    .reserve(1000);
        }
    }

    @OnBothDrivers
    void a_body_cut_short_is_unexpected(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            client.shutdownOutput();
            server.awaitOpen(0);
        }
        assertEquals(List.of(true), connections.stream().map(Connection::hasUnexpectedEof).toList());
    }

    @OnBothDrivers
    void the_end_behind_a_whole_request_is_not(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            assertEquals("ok", client.response().text());
        }
        server.awaitOpen(0);
        assertTrue(connections.getFirst().isDestroyed());
        assertEquals(List.of(false), connections.stream().map(Connection::hasUnexpectedEof).toList());
    }
}
