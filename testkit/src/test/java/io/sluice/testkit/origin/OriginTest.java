package io.sluice.testkit.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.wire.Await;
import io.sluice.testkit.wire.Ending;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OriginTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void it_records_what_each_connection_received_and_counts() {
        try (Origin origin = Origin.answering(HELLO)) {
            try (RawClient one = RawClient.connect(origin.port());
                    RawClient two = RawClient.connect(origin.port())) {
                one.send(GET).response();
                one.send(GET).response();
                origin.connection(1);
                two.send("POST /two HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc").response();

                assertEquals(2, origin.accepted());
                assertEquals(2, origin.open());
                assertEquals(3, origin.requests());
                assertEquals(GET + GET, origin.connection(0).received());
                assertTrue(origin.connection(1).received().endsWith("\r\n\r\nabc"));
                Recorded first = origin.connection(0);
                Await.until("both answers to be counted", () -> first.sentBytes() == 2L * HELLO.length());
            }
            origin.awaitOpen(0);
            assertEquals(
                    List.of(Ending.CLOSED, Ending.CLOSED),
                    origin.connections().stream().map(Recorded::ending).toList());
        }
    }

    @Test
    void a_response_that_says_close_is_followed_by_a_close() {
        try (Origin origin = Origin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
                RawClient client = RawClient.connect(origin.port())) {
            assertEquals("hello", client.send(GET).response().text());
            assertEquals(Ending.CLOSED, client.ending());
        }
    }

    @Test
    void pieces_make_a_whole() {
        try (Origin origin = Origin.answeringInPieces(1, HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            assertEquals(HELLO, client.send(GET).response().raw());
        }
    }

    @Test
    void steps_are_taken_when_the_test_allows_them() {
        Steps steps = new Steps();
        try (Origin origin = Origin.stepping(steps, "HTTP/1.1 200 OK\r\nContent-Le", "ngth: 1\r\n\r\n", "x");
                RawClient client = RawClient.connect(origin.port())) {
            client.send(GET);
            steps.awaitReached(1);
            assertTrue(client.isSilent());
            steps.allow();
            client.awaitBytes();
            steps.awaitReached(2);
            steps.allow(2);
            assertEquals("x", client.response().text());
        }
    }

    @Test
    void it_resets_after_so_many_bytes() {
        try (Origin origin = Origin.resetting(4, HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            assertEquals("HTTP", client.send(GET).read(4));
            client.awaitReset();
        }
    }

    @Test
    void it_closes_after_so_many_bytes() {
        try (Origin origin = Origin.closingAfter(6, HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            assertEquals("HTTP/1", client.send(GET).readToEnd());
        }
    }

    @Test
    void after_a_half_close_it_still_reads() {
        try (Origin origin = Origin.halfClosing(HELLO);
                RawClient client = RawClient.connect(origin.port())) {
            assertEquals(HELLO, client.send(GET).readToEnd());
            client.send("more");
            origin.connection(0).awaitReceived("more");
            assertFalse(origin.connection(0).isDone());
            client.shutdownOutput();
            assertEquals(Ending.CLOSED, origin.connection(0).awaitDone());
        }
    }

    @Test
    void a_stalling_origin_reads_and_is_silent() {
        try (Origin origin = Origin.stalling();
                RawClient client = RawClient.connect(origin.port())) {
            client.send(GET);
            origin.connection(0).awaitReceived(GET);
            assertTrue(client.isSilent());
        }
    }

    @Test
    void a_refusing_origin_can_come_up_go_down_and_come_up_at_the_same_port() {
        try (Origin origin = Origin.refusing(Script.answering(HELLO))) {
            int port = origin.port();
            assertRefused(port);
            origin.up();
            try (RawClient client = RawClient.connect(port)) {
                assertEquals("hello", client.send(GET).response().text());
                origin.down();
                client.awaitEnding();
            }
            assertRefused(port);
            origin.up();
            try (RawClient client = RawClient.connect(port)) {
                assertEquals("hello", client.send(GET).response().text());
            }
        }
    }

    @Test
    void a_full_queue_lets_nobody_connect() {
        try (Origin origin = Origin.notAccepting()) {
            UncheckedIOException error = assertThrows(
                    UncheckedIOException.class,
                    () -> RawClient.to(origin.address())
                            .within(Duration.ofMillis(50))
                            .connect());
            assertInstanceOf(SocketTimeoutException.class, error.getCause());
            assertEquals(0, origin.accepted());
        }
    }

    @Test
    void a_big_body_stops_while_nobody_reads_and_is_whole_in_the_end() {
        long length = 30L << 20;
        try (Origin origin = Origin.with().sendBuffer(16 * 1024).running(Script.streaming(length));
                RawClient client =
                        RawClient.to(origin.address()).receiveBuffer(16 * 1024).connect()) {
            client.send(GET);
            client.awaitBytes();
            Recorded connection = origin.connection(0);
            assertTrue(connection.sentBytes() < 4 << 20, () -> "sent " + connection.sentBytes());
            client.readUntil("\r\n\r\n");
            client.readEach(length, BigBody.checker());
            Await.until("all to be sent", () -> connection.sentBytes() > length);
        }
    }

    @Test
    void a_wrong_byte_in_a_big_body_is_found() {
        byte[] bytes = BigBody.bytes(0, 200_000);
        BigBody.checker().take(bytes, bytes.length);
        bytes[150_000]++;
        AssertionError error =
                assertThrows(AssertionError.class, () -> BigBody.checker().take(bytes, bytes.length));
        assertEquals("byte 150000 of the body is wrong", error.getMessage());
    }

    @Test
    void a_script_that_does_not_read_is_felt_by_the_sender() {
        try (Origin origin = Origin.with().receiveBuffer(4096).running(Script.notReading());
                RawClient client =
                        RawClient.to(origin.address()).sendBuffer(4096).connect()) {
            origin.awaitAccepted(1);
            byte[] piece = new byte[64 * 1024];
            Await.until("the buffers to be full", () -> client.offer(piece) == 0);
            assertEquals(0, origin.connection(0).receivedBytes());
        }
    }

    @Test
    void each_connection_has_its_own_script_and_the_last_serves_the_rest() {
        try (Origin origin = Origin.running(Script.resettingAtOnce(), Script.answering(HELLO))) {
            try (RawClient client = RawClient.connect(origin.port())) {
                client.awaitReset();
            }
            for (int i = 0; i < 2; i++) {
                try (RawClient client = RawClient.connect(origin.port())) {
                    assertEquals(200, client.send(GET).response().status());
                }
            }
        }
    }

    @Test
    void a_failing_script_fails_the_test_at_the_close() {
        Origin origin = Origin.running(session -> {
            throw new IllegalStateException("a wrong expectation");
        });
        try (RawClient client = RawClient.connect(origin.port())) {
            client.awaitClosed();
            origin.connection(0).awaitDone();
        }
        AssertionError error = assertThrows(AssertionError.class, origin::close);
        assertEquals(
                "a wrong expectation",
                assertInstanceOf(IllegalStateException.class, error.getCause()).getMessage());
    }

    @Test
    void a_malformed_request_fails_the_test_at_the_close() {
        Origin origin = Origin.answering(HELLO);
        try (RawClient client = RawClient.connect(origin.port())) {
            client.send("GET / HTTP/1.1\r\nno field line\r\n\r\n").awaitEnding();
            origin.connection(0).awaitDone();
        }
        assertThrows(AssertionError.class, origin::close);
    }

    @Test
    void a_close_ends_scripts_that_wait_and_leaves_no_thread() {
        Origin origin = Origin.running(Script.notReading(), Script.stalling(), Script.stepping(new Steps(), HELLO));
        try (RawClient one = RawClient.connect(origin.port());
                RawClient two = RawClient.connect(origin.port());
                RawClient three = RawClient.connect(origin.port())) {
            three.send(GET);
            origin.awaitAccepted(3);
            origin.close();
            for (RawClient client : List.of(one, two, three)) {
                client.awaitEnding();
            }
            assertEquals(0, origin.open());
            String threads = "origin-" + origin.authority();
            Await.until(
                    "the threads to end",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().contains(threads)
                                    || thread.getName().equals("origin-accept-" + origin.authority())));
        }
    }

    private static void assertRefused(int port) {
        UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> RawClient.connect(port));
        assertInstanceOf(ConnectException.class, error.getCause());
    }
}
