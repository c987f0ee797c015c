package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.BigBody;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Deadline;
import io.sluice.testkit.wire.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies of random lengths in random chunks, written in random pieces, both ways: every byte arrives, in its place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamingFuzzTest {
    /** -Dsluice.fuzz=N makes it N times as many. */
    private static final int ROUNDS = 60 * Integer.getInteger("sluice.fuzz", 1);

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void chunked_answers(String driver) {
        answers(driver, random -> chunked(random, body(random)));
    }

    @OnBothDrivers
    void answers_of_known_length(String driver) {
        answers(driver, random -> {
            byte[] body = body(random);
            return join("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n", body);
        });
    }

    @OnBothDrivers
    void answers_until_the_close_to_clients_of_both_versions(String driver) {
        Script script = session -> {
            Message request = session.readRequest();
            Random random = new Random(seed(request));
            byte[] body = body(random);
            sendInPieces(session.wire()::write, random, join("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", body));
        };
        Origin origin = servers.closing(Origin.running(script));
        TestServer server = servers.start(driver, small(origin));
        for (int i = 0; i < ROUNDS; i++) {
            try (RawClient client = server.client()) {
                client.send("GET /" + i + (i % 2 == 0 ? " HTTP/1.0" : " HTTP/1.1") + "\r\nHost: a\r\n\r\n");
                assertSame(body(new Random(i)), client.response().body(), i);
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void answers_that_are_taken_slowly(String driver) {
        Script script = session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                Random random = new Random(seed(request));
                session.send(chunked(random, body(random)));
            }
        };
        Origin origin = servers.closing(Origin.running(script));
        TestServer server = servers.start(driver, small(origin));
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(2048).connect()) {
            for (int i = 0; i < ROUNDS; i++) {
                client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
                client.awaitBytes();
                server.turn();
                assertSame(body(new Random(i)), client.response().body(), i);
            }
        }
    }

    @OnBothDrivers
    void uploads(String driver) {
        Script script = session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                byte[] body = request.body();
                session.send(join("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n", body));
            }
        };
        Origin origin = servers.closing(Origin.running(script));
        TestServer server = servers.start(driver, small(origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < ROUNDS; i++) {
                Random random = new Random(i);
                byte[] body = body(random);
                byte[] request;
                if (i % 2 == 0) {
                    request = replaceHead(chunked(random, body), "POST /" + i + " HTTP/1.1\r\nHost: a\r\n");
                } else {
                    request = join(
                            "POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n", body);
                }
                int at = 0;
                while (at < request.length) {
                    int length = Math.min(request.length - at, pieceLength(random));
                    client.send(Arrays.copyOfRange(request, at, at + length));
                    at += length;
                }
                assertSame(body, client.response().body(), i);
                assertTrue(server.sum(WorkerStatus::slabBytesInUse) <= server.sum(WorkerStatus::reservedBytes));
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void pipelined_requests_are_answered_in_order(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(driver, small(origin));
        try (RawClient client = server.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                String body = "b".repeat(i * 7 % 50);
                all.append("POST /")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: a\r\nContent-Length: ")
                        .append(body.length())
                        .append("\r\n\r\n")
                        .append(body);
            }
            client.send(all.toString());
            for (int i = 0; i < 100; i++) {
                String seen = client.response().text();
                assertTrue(seen.startsWith("POST /" + i + " HTTP/1.1\r\n"), seen);
                assertTrue(seen.endsWith("\r\n\r\n" + "b".repeat(i * 7 % 50)), seen);
            }
        }
        assertEquals(1, origin.accepted());
    }

    private interface Made {
        byte[] response(Random random);
    }

    private void answers(String driver, Made made) {
        Script script = session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                Random random = new Random(seed(request));
                sendInPieces(session.wire()::write, random, made.response(random));
            }
        };
        Origin origin = servers.closing(Origin.running(script));
        TestServer server = servers.start(driver, small(origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < ROUNDS; i++) {
                Response answer = client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .response();
                assertSame(body(new Random(i)), answer.body(), i);
            }
        }
        assertEquals(1, origin.accepted());
        server.assertNothingHeld();
    }

    private static String small(Origin origin) {
        return Proxies.with("""
                # All rounds of one test are requests of one client.
                http.keepalive-requests = 1000000
                http.client-max-body-size = 0
                http.client-body-buffer-size = 1k
                http.proxy.buffer-size = 1k
                http.proxy.busy-buffer-size = 3k
                """, origin);
    }

    private static long seed(Message request) {
        return Long.parseLong(request.startLine().split(" ")[1].substring(1));
    }

    private static byte[] body(Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(20_000);
        return BigBody.bytes(random.nextInt(1_000_000), length);
    }

    private static byte[] chunked(Random random, byte[] body) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        to.writeBytes(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        int at = 0;
        while (at < body.length) {
            int length = Math.min(body.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 5000));
            String extension = random.nextInt(5) == 0 ? ";a=\"b;c\"" : "";
            to.writeBytes(bytes(Integer.toHexString(length) + extension + "\r\n"));
            to.write(body, at, length);
            to.writeBytes(bytes("\r\n"));
            at += length;
        }
        to.writeBytes(bytes(random.nextInt(3) == 0 ? "0\r\nX-Trailer: t\r\n\r\n" : "0\r\n\r\n"));
        return to.toByteArray();
    }

    private static byte[] replaceHead(byte[] message, String start) {
        String all = new String(message, StandardCharsets.ISO_8859_1);
        return bytes(start + all.substring(all.indexOf("\r\n") + 2));
    }

    private interface Writer {
        void write(byte[] bytes, Deadline deadline) throws IOException;
    }

    private static void sendInPieces(Writer to, Random random, byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, pieceLength(random));
            to.write(Arrays.copyOfRange(bytes, at, at + length), Deadline.never());
            at += length;
        }
    }

    private static int pieceLength(Random random) {
        return 1 + random.nextInt(random.nextInt(3) == 0 ? 3 : 6000);
    }

    private static byte[] join(String head, byte[] body) {
        byte[] first = bytes(head);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertSame(byte[] expected, byte[] actual, int round) {
        assertEquals(expected.length, actual.length, "round " + round);
        assertEquals(-1, Arrays.mismatch(expected, actual), "round " + round);
    }
}
