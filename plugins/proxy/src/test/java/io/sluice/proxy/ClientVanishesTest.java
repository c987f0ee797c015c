package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that goes away, by FIN or by RST, at every step: its exchange with the peer ends and nothing is missing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientVanishesTest {
    /** How a client leaves. */
    enum Leaving {
        FIN {
            @Override
            void leave(RawClient client) {
                client.shutdownOutput();
            }
        },
        RST {
            @Override
            void leave(RawClient client) {
                client.reset();
            }
        };

        abstract void leave(RawClient client);
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"epoll,FIN", "epoll,RST", "nio,FIN", "nio,RST"})
    @interface InEveryWay {}

    private static final String BIG = "HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n";

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private TestServer server;

    @AfterEach
    void nothing_is_missing_and_the_server_answers_others() {
        server.awaitOpen(0);
        server.assertNothingHeld();
        try (RawClient other = server.client()) {
            assertEquals(
                    404,
                    other.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .status());
        }
        assertEquals(0, server.log().count("[alert]"));
        assertEquals(0, server.log().count("[emerg]"));
    }

    @InEveryWay
    void before_any_byte(String driver, Leaving way) {
        RawClient client = start(driver, Origin.stalling());
        server.awaitOpen(1);
        way.leave(client);
    }

    @InEveryWay
    void in_the_head(String driver, Leaving way) {
        RawClient client = start(driver, Origin.stalling());
        client.send("GET /app HTTP/1.1\r\nHo");
        server.awaitOpen(1);
        server.turn();
        way.leave(client);
    }

    @InEveryWay
    void while_the_peer_is_being_connected_to(String driver, Leaving way) {
        RawClient client = start(driver, Origin.notAccepting());
        client.send(Proxies.get("/app"));
        server.awaitOpen(2);
        way.leave(client);
    }

    @InEveryWay
    void while_the_peer_stalls(String driver, Leaving way) {
        Origin origin = Origin.stalling();
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app"));
        origin.connection(0).awaitReceived("\r\n\r\n");
        way.leave(client);
        origin.awaitOpen(0);
    }

    @InEveryWay
    void while_the_peer_stalls_in_its_head(String driver, Leaving way) {
        Origin origin = Origin.running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 2");
            session.awaitClose();
        });
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app"));
        Await.until(
                "the first bytes",
                () -> origin.accepted() == 1 && origin.connection(0).sentBytes() == 10);
        server.turn();
        way.leave(client);
        origin.awaitOpen(0);
    }

    @InEveryWay
    void in_the_upload_of_a_body_of_known_length(String driver, Leaving way) {
        inAnUpload(driver, way, "Content-Length: 100000");
    }

    @InEveryWay
    void in_the_upload_of_a_chunked_body(String driver, Leaving way) {
        inAnUpload(driver, way, "Transfer-Encoding: chunked");
    }

    @InEveryWay
    void in_an_upload_that_the_peer_does_not_take(String driver, Leaving way) {
        Origin origin = Origin.with().receiveBuffer(4096).running(Script.notReading());
        RawClient client = start(driver, origin);
        client.send("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n");
        byte[] piece = new byte[64 * 1024];
        for (int idle = 0; idle < 10; ) {
            idle = client.offer(piece) == 0 ? idle + 1 : 0;
            server.turn();
        }
        way.leave(client);
        server.turn();
        // A FIN lies behind bytes that nobody reads, and NIO tells nothing of a socket that is not read: there it ends
        // with the peer.
        if (way == Leaving.FIN || driver.equals("nio")) {
            origin.down();
        }
    }

    @InEveryWay
    void between_the_head_and_the_body_of_the_answer(String driver, Leaving way) {
        Origin origin = Origin.running(session -> {
            session.readRequest();
            session.send(BIG + "x".repeat(2000));
            session.awaitClose();
        });
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app"));
        client.readUntil("\r\n\r\n");
        way.leave(client);
        origin.awaitOpen(0);
    }

    @InEveryWay
    void in_the_middle_of_an_answer_it_does_not_read(String driver, Leaving way) {
        Origin origin = Origin.streaming(50_000_000);
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app"));
        client.awaitBytes();
        if (way == Leaving.FIN) {
            // Closed with bytes unread: the kernel makes it a reset on its own.
            client.close();
        } else {
            client.reset();
        }
        origin.awaitOpen(0);
    }

    @InEveryWay
    void in_the_middle_of_a_chunked_answer(String driver, Leaving way) {
        Origin origin = Origin.running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                session.send("1000\r\n" + "y".repeat(4096) + "\r\n");
            }
        });
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app"));
        client.read(100_000);
        if (way == Leaving.FIN) {
            client.close();
        } else {
            client.reset();
        }
        origin.awaitOpen(0);
    }

    @InEveryWay
    void behind_pipelined_requests(String driver, Leaving way) {
        Origin origin = Origin.stalling();
        RawClient client = start(driver, origin);
        client.send(Proxies.get("/app").repeat(3) + "GET /app");
        origin.connection(0).awaitReceived("\r\n\r\n");
        way.leave(client);
        origin.awaitOpen(0);
    }

    @InEveryWay
    void between_two_requests(String driver, Leaving way) {
        RawClient client =
                start(driver, Origin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        assertEquals("ok", client.send(Proxies.get("/app")).response().text());
        way.leave(client);
    }

    private void inAnUpload(String driver, Leaving way, String framing) {
        Origin origin = Origin.stalling();
        RawClient client = start(driver, origin);
        client.send("POST /app HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n10\r\nab");
        origin.connection(0).awaitReceived("ab");
        way.leave(client);
        origin.awaitOpen(0);
    }

    private RawClient start(String driver, Origin origin) {
        servers.closing(origin);
        server = servers.start(driver, """
                upstreams.backend.servers = [ "%s" ]
                http.client-max-body-size = 0
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/app", proxy.pass = "http://backend" } ]
                } ]
                """.formatted(origin.authority()));
        return servers.closing(server.client());
    }
}
