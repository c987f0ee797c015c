package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Session;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both sides send what they like in pieces and with pauses of any size, and end when they like: every byte arrives, in order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamPumpFuzzTest {
    private static final int SESSIONS = 12 * Integer.getInteger("sluice.fuzz", 1);
    private static final int MOST_BYTES = 300_000;

    /** Tasks that wait for a socket need a thread each. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @RegisterExtension
    final TestServers servers = Streams.servers();

    @OnBothDrivers
    void every_byte_arrives_in_order(String driver) throws Exception {
        ConcurrentHashMap<Integer, byte[]> seenByPeer = new ConcurrentHashMap<>();
        Origin origin = servers.closing(Origin.running(session -> {
            // The first byte tells which of the clients it is.
            int seed = session.readSome(1)[0];
            seenByPeer.put(seed, peer(session, seed));
        }));
        TestServer server = servers.start(
                driver,
                Streams.with("stream.proxy { half-close = on, buffer-size = 1k, bulk-buffer-size = 4k }", origin));
        for (int seed = 0; seed < SESSIONS; seed++) {
            int of = seed % 100;
            try (RawClient client = server.client()) {
                client.send(new byte[] {(byte) of});
                byte[] mine = bytes(of, 1);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(client, mine, of), THREADS);
                byte[] got = readAll(client, of);
                sending.get();
                assertArrayEquals(bytes(of, 2), got, "to the client, seed " + of);
            }
            origin.connection(seed).awaitDone();
            assertArrayEquals(bytes(of, 1), seenByPeer.remove(of), "to the peer, seed " + of);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private static byte[] peer(Session session, int seed) throws Exception {
        byte[] mine = bytes(seed, 2);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(
                () -> {
                    Random random = new Random(seed + 20_000);
                    try {
                        for (int at = 0; at < mine.length; ) {
                            int n = piece(random, mine.length - at);
                            session.send(java.util.Arrays.copyOfRange(mine, at, at + n));
                            at += n;
                            pause(random);
                        }
                        session.shutdownOutput();
                    } catch (IOException failed) {
                        throw new java.io.UncheckedIOException(failed);
                    }
                },
                THREADS);
        Random random = new Random(seed + 30_000);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        for (byte[] some = session.readSome(1 + random.nextInt(20_000));
                some.length > 0;
                some = session.readSome(1 + random.nextInt(20_000))) {
            seen.writeBytes(some);
            pause(random);
        }
        sending.get();
        return seen.toByteArray();
    }

    private static void sendAll(RawClient client, byte[] mine, int seed) {
        Random random = new Random(seed + 10_000);
        for (int at = 0; at < mine.length; ) {
            int n = piece(random, mine.length - at);
            client.send(java.util.Arrays.copyOfRange(mine, at, at + n));
            at += n;
            pause(random);
        }
        client.shutdownOutput();
    }

    private static byte[] readAll(RawClient client, int seed) {
        Random random = new Random(seed + 40_000);
        byte[] expected = bytes(seed, 2);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (int left = expected.length; left > 0; ) {
            int n = piece(random, left);
            got.writeBytes(client.readBytes(n));
            left -= n;
            pause(random);
        }
        got.writeBytes(client.readToEnd().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return got.toByteArray();
    }

    private static int piece(Random random, int left) {
        return Math.min(left, 1 + (random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(300)));
    }

    private static void pause(Random random) {
        if (random.nextInt(5) == 0) {
            Thread.yield();
        }
    }

    private static byte[] bytes(int seed, int salt) {
        Random random = new Random(seed * 31L + salt);
        byte[] made = new byte[random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(MOST_BYTES)];
        random.nextBytes(made);
        return made;
    }
}
