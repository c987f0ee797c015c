package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that goes away, by FIN or by RST, at every step of a compressed answer: all of its memory comes back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientVanishesTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000000\r\n\r\n";

    @RegisterExtension
    final TestServers servers = Gzips.servers();

    private TestServer server;

    @AfterEach
    void nothing_is_missing_and_the_server_compresses_for_others() {
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, server.counters().failures());
        assertEquals(0, server.log().count("[alert]"));
    }

    @OnBothDrivers
    void before_the_answer(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        vanish(driver, origin, client -> origin.connection(0).awaitReceived("\r\n\r\n"));
    }

    @OnBothDrivers
    void behind_the_head(String driver) {
        Origin origin = servers.closing(Origin.running(sending(HEAD)));
        vanish(driver, origin, client -> client.readUntil("\r\n\r\n"));
    }

    @OnBothDrivers
    void while_the_origin_pauses_in_the_body(String driver) {
        Origin origin = servers.closing(Origin.running(sending(HEAD + Gzips.letters(1, 30_000))));
        vanish(driver, origin, client -> {
            client.readUntil("\r\n\r\n");
            client.read(10_000);
            Await.until("the compressor is in use", () -> server.counters().reservedBytes() > Compressor.NATIVE_BYTES);
        });
    }

    @OnBothDrivers
    void while_it_takes_nothing_and_the_buffers_are_full(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send(HEAD);
            byte[] block = Gzips.letters(2, 500_000).getBytes();
            for (int i = 0; i < 100; i++) {
                session.send(block);
            }
        }));
        vanish(driver, origin, client -> {
            client.readUntil("\r\n\r\n");
            long before = -1;
            for (long sent = 0; sent != before; sent = origin.connection(0).sentBytes()) {
                before = sent;
                server.turn();
                server.turn();
            }
        });
    }

    @OnBothDrivers
    void in_the_middle_of_its_own_share_of_a_turn(String driver) {
        String text =
                Gzips.letters(4, 60_000).replace('"', 'x').replace('\\', 'x').replace('$', 'x');
        for (int way = 0; way < 2; way++) {
            server = servers.start(driver, """
                    http.gzip = { enabled = on, types = "*", comp-level = 9, buffers = { number = 1, size = 256 } }
                    http.servers = [ { listen = ["127.0.0.1:0"]
                      locations = [ { path = "/", return = { status = 200, text = "%s" } } ] } ]
                    """.formatted(text));
            for (int i = 0; i < 10; i++) {
                try (RawClient client =
                        RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
                    client.send(Gzips.accepting());
                    client.awaitBytes();
                    leave(client, way);
                }
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    private void vanish(String driver, Origin origin, Consumer<RawClient> step) {
        for (int way = 0; way < 2; way++) {
            server = servers.start(driver, Gzips.to(origin));
            try (RawClient client =
                    RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
                client.send(Gzips.accepting());
                step.accept(client);
                assertTrue(server.counters().reservedBytes() > 0);
                leave(client, way);
                if (way == 1) {
                    server.awaitOpen(0);
                }
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    private static void leave(RawClient client, int way) {
        if (way == 0) {
            client.shutdownOutput();
        } else {
            client.reset();
        }
    }

    private static Script sending(String bytes) {
        return session -> {
            session.readRequest();
            session.send(bytes);
            session.awaitClose();
        };
    }
}
