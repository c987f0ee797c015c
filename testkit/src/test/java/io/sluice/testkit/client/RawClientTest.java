package io.sluice.testkit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.wire.Await;
import io.sluice.testkit.wire.Ending;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RawClientTest {

    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void two_requests_on_one_connection_get_two_responses() {
        try (Origin origin = Origin.answering(HELLO, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                RawClient client = RawClient.connect(origin.port())) {
            client.sendLines("""
                    GET / HTTP/1.1
                    Host: a

                    GET /b HTTP/1.1
                    Host: a

                    """);
            Response first = client.response();
            assertEquals(200, first.status());
            assertEquals("5", first.header("content-length"));
            assertEquals("hello", first.text());
            assertEquals(HELLO, first.raw());
            assertEquals("HTTP/1.1 404 Not Found", client.response().statusLine());
        }
    }

    @Test
    void a_response_to_head_has_no_body() {
        try (Origin origin = Origin.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            client.send("HEAD / HTTP/1.1\r\n\r\n");
            assertEquals("", client.responseHead().text());
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertEquals("hello", client.response().text());
        }
    }

    @Test
    void close_and_reset_are_told_apart() {
        try (Origin origin = Origin.running(Script.closingAtOnce(), Script.resettingAtOnce())) {
            try (RawClient client = RawClient.connect(origin.port())) {
                client.awaitClosed();
                assertTrue(client.isClosedByPeer());
                assertFalse(client.isResetByPeer());
                assertThrows(AssertionError.class, client::awaitReset);
            }
            try (RawClient client = RawClient.connect(origin.port())) {
                client.awaitReset();
                assertTrue(client.isResetByPeer());
                assertFalse(client.isClosedByPeer());
                assertThrows(AssertionError.class, client::awaitClosed);
            }
        }
    }

    @Test
    void bytes_before_a_close_are_not_a_silent_close() {
        try (Origin origin = Origin.closingAfter(4, HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            AssertionError error = assertThrows(AssertionError.class, client::awaitClosed);
            assertEquals("before the close came 4 bytes: HTTP", error.getMessage());
        }
    }

    @Test
    void silence_is_no_byte_and_no_end() {
        Steps steps = new Steps();
        try (Origin origin = Origin.stepping(steps, HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            steps.awaitReached(1);
            assertTrue(client.isSilent());
            steps.allow();
            Await.until("bytes", () -> !client.isSilent());
            assertEquals(Ending.OPEN, client.ending());
            assertEquals("hello", client.response().text());
        }
    }

    @Test
    void waiting_too_long_says_for_what() {
        try (Origin origin = Origin.stalling();
                RawClient client = RawClient.to(origin.address())
                        .within(Duration.ofMillis(1))
                        .connect()) {
            AssertionError error = assertThrows(AssertionError.class, client::response);
            assertTrue(
                    error.getMessage().startsWith("client could not read a response: waited PT0.001S"),
                    error.getMessage());
        }
    }

    @Test
    void it_connects_from_the_address_it_is_told() throws Exception {
        InetSocketAddress local = new InetSocketAddress(InetAddress.getByName("127.0.0.9"), 0);
        try (Origin origin = Origin.stalling();
                RawClient client = RawClient.to(origin.address()).from(local).connect()) {
            InetSocketAddress peer = (InetSocketAddress) origin.connection(0).peer();
            assertEquals("127.0.0.9", peer.getAddress().getHostAddress());
            assertEquals(client.localPort(), peer.getPort());
        }
    }

    @Test
    void it_resets_and_half_closes() {
        try (Origin origin = Origin.running(
                session -> {
                    session.awaitClose();
                    session.send("still here");
                },
                Script.stalling())) {
            try (RawClient client = RawClient.connect(origin.port())) {
                client.shutdownOutput();
                assertEquals("still here", client.readToEnd());
                assertEquals(Ending.CLOSED, origin.connection(0).awaitDone());
            }
            try (RawClient client = RawClient.connect(origin.port())) {
                origin.awaitAccepted(2);
                client.reset();
                assertEquals(Ending.RESET, origin.connection(1).awaitDone());
            }
        }
    }

    @Test
    void it_sends_in_pieces_and_reads_in_pieces() {
        try (Origin origin = Origin.mirroring();
                RawClient client = RawClient.connect(origin.port())) {
            client.sendInPieces("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 1);
            assertEquals("HTTP/1.1 ", client.read(9));
            assertEquals("200 OK\r\n", client.readUntil("\r\n"));
            client.readUntil("\r\n\r\n");
            assertEquals("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", client.read(41));
        }
    }

    @Test
    void it_speaks_over_a_unix_socket(@TempDir Path folder) {
        try (Origin origin = Origin.with().at(folder.resolve("s")).running(Script.answering(HELLO));
                RawClient client = RawClient.connect(origin.address())) {
            assertEquals("unix:" + folder.resolve("s"), origin.authority());
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertEquals("hello", client.response().text());
        }
    }

    @Test
    void a_refused_connection_is_a_connect_exception() {
        try (Origin origin = Origin.refusing()) {
            UncheckedIOException error =
                    assertThrows(UncheckedIOException.class, () -> RawClient.connect(origin.port()));
            assertInstanceOf(ConnectException.class, error.getCause());
        }
    }
}
