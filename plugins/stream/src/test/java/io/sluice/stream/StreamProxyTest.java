package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that go well, from the first byte to the end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamProxyTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestServers servers = Streams.servers();

    @OnBothDrivers
    void bytes_go_to_the_peer_and_back(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 20; i++) {
                assertEquals("message " + i, client.send("message " + i).read(("message " + i).length()));
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_peer_may_speak_first(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.greeting("220 ready\r\n")));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("220 ready\r\n", client.readUntil("\n"));
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void an_idle_session_holds_no_memory(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
            Await.until("nothing is held", () -> server.counters().bufferBytes() == 0);
            assertEquals(0, server.counters().reservedBytes());
            assertEquals(2, server.counters().open());
            assertEquals(1, server.counters().requests());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void the_end_of_the_client_ends_the_peer_and_the_other_way_round(String driver) {
        Origin origin = servers.closing(Origin.running(Script.stalling(), session -> session.send("bye")));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            client.send("hello");
            origin.connection(0).awaitReceived("hello");
            client.shutdownOutput();
            client.awaitClosed();
        }
        origin.awaitOpen(0);
        try (RawClient client = server.client()) {
            assertEquals("bye", client.readToEnd());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void what_a_client_sent_before_it_ended_arrives(String driver) {
        Origin origin = servers.closing(Origin.running(Script.stalling()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            client.send("last words");
            client.shutdownOutput();
            client.awaitClosed();
        }
        origin.connection(0).awaitReceived("last words");
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void with_half_close_an_answer_may_come_after_the_end_of_the_question(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            StringBuilder seen = new StringBuilder();
            for (byte[] some = session.readSome(100); some.length > 0; some = session.readSome(100)) {
                seen.append(new String(some, StandardCharsets.ISO_8859_1));
            }
            session.send("you said " + seen);
        }));
        TestServer server = servers.start(driver, Streams.with("stream.proxy.half-close = on", origin));
        try (RawClient client = server.client()) {
            client.send("question");
            client.shutdownOutput();
            assertEquals("you said question", client.readToEnd());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void unix_sockets_are_peers_too(String driver) {
        Origin origin = servers.closing(Origin.with().at(folder.resolve("s")).running(Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void the_end_is_told_with_the_bytes_at_info(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        TestServer server = servers.start(driver, Streams.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send("hello").read(5));
        }
        server.awaitOpen(0);
        Await.until("the line", () -> server.log().has("client disconnected"));
        String log = String.join("\n", server.log().lines());
        assertFalse(log.contains("[error]"), log);
        for (String wanted : new String[] {
            "client 127.0.0.1:",
            " connected to 127.0.0.1:",
            "proxy 127.0.0.1:",
            "client disconnected while proxying connection, client: 127.0.0.1, server: 127.0.0.1:0, upstream: \""
                    + origin.authority() + "\", bytes from/to client:5/5, bytes from/to upstream:5/5"
        }) {
            assertTrue(log.contains(wanted), wanted + " in " + log);
        }
    }
}
