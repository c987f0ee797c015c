package io.sluice.testkit.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedDatagrams;
import io.sluice.testkit.driver.Stepped;
import io.sluice.testkit.server.Counters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Any history of clients that send datagrams, whose sessions end, time out or are drained, is what a model of a few lines says. More seeds:
 * {@code -Dsluice.test.seed=N}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramHistoryTest {
    private static final int STEPS = 3_000;
    private static final long IDLE_MILLIS = 1_000;
    private static final String[] WORDS = {"", "x", "hello", "close", "end", "throw", "reusable", "silent"};

    /** What there is of a session. */
    private static final class Session {
        final int client;
        int count;
        long due;

        Session(int client) {
            this.client = client;
        }
    }

    private record Sent(int client, String word) {}

    private final Parrot parrot = new Parrot();
    private final List<ScriptedDatagrams> clients = new ArrayList<>();
    private final List<List<String>> expected = new ArrayList<>();
    private final List<Session> current = new ArrayList<>();
    private final List<Session> open = new ArrayList<>();
    private final LinkedHashSet<Session> reusable = new LinkedHashSet<>();
    private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
    private int slots;
    private long now;
    private long dropped;
    private long drained;
    private long failures;

    @ParameterizedTest
    @CsvSource({"1, 40, 64", "2, 40, 20", "3, 100, 33", "4, 5, 3"})
    void any_history_is_what_the_model_says(long seed, int clientCount, int connections) {
        Random random = new Random(Long.getLong("sluice.test.seed", 0) + seed);
        parrot.idleMillis = IDLE_MILLIS;
        slots = connections;
        try (Stepped server = Stepped.of(parrot)
                .start("parrot.listen = { address = \"127.0.0.1:53\", udp = on }\nworker-connections = "
                        + connections)) {
            for (int i = 0; i < clientCount; i++) {
                clients.add(server.datagrams(0));
                expected.add(new ArrayList<>());
                current.add(null);
            }
            server.settle();
            now = server.worker().time().epochMillis();
            int steps = STEPS * Integer.getInteger("sluice.fuzz", 1);
            for (int step = 0; step < steps; step++) {
                int client = random.nextInt(clientCount);
                String word = WORDS[random.nextInt(WORDS.length)];
                clients.get(client).sends(word);
                onTheWay.add(new Sent(client, word));
                switch (random.nextInt(6)) {
                    case 0 -> server.settle();
                    case 1 -> {
                        server.advance(Duration.ofMillis(random.nextInt(300)));
                        receiveAll();
                        expire(server);
                    }
                    default -> {}
                }
                if (onTheWay.size() > 40) {
                    server.settle();
                }
                compareIfSettled(server);
            }
            server.settle();
            receiveAll();
            compare(server);
            assertTrue(failures > 0, "a plugin threw");
            assertTrue(parrot.heard.stream().anyMatch(heard -> heard.endsWith("times out")), "sessions timed out");
            assertTrue(drained > 0 || connections > clientCount, "sessions were drained");
            assertTrue(dropped > 0 || connections > clientCount, "datagrams were dropped");
            server.quit();
            assertEquals(0, server.counters().open());
        }
    }

    private void compareIfSettled(Stepped server) {
        if (clients.stream().allMatch(client -> client.unread() == 0)) {
            receiveAll();
            compare(server);
        }
    }

    private void compare(Stepped server) {
        for (int i = 0; i < clients.size(); i++) {
            assertEquals(expected.get(i), clients.get(i).newlyReceived(), "client " + i);
            expected.get(i).clear();
        }
        Counters counters = server.counters();
        assertEquals(open.size(), counters.open());
        assertEquals(reusable.size(), counters.reusable());
        assertEquals(dropped, counters.datagramsDropped());
        assertEquals(drained, counters.drained());
        assertEquals(failures, counters.failures());
    }

    // ---- the model

    /** The clock of the server has been moved on; that of the model follows it. */
    private void expire(Stepped server) {
        now = server.worker().time().epochMillis();
        for (Session session : List.copyOf(open)) {
            if (session.due <= now) {
                end(session);
            }
        }
    }

    private void receiveAll() {
        for (Sent sent = onTheWay.poll(); sent != null; sent = onTheWay.poll()) {
            receive(sent.client(), sent.word());
        }
    }

    private void receive(int client, String word) {
        Session session = current.get(client);
        if (session == null) {
            drain();
            if (open.size() == slots - 1) {
                dropped++;
                return;
            }
            session = new Session(client);
            open.add(session);
            current.set(client, session);
        }
        session.count++;
        session.due = now + IDLE_MILLIS;
        switch (word) {
            case "close" -> end(session);
            case "throw" -> {
                failures++;
                end(session);
            }
            case "end" -> {
                current.set(client, null);
                expected.get(client).add(session.count + ":end");
            }
            case "reusable" -> {
                reusable.remove(session);
                reusable.addLast(session);
            }
            case "silent" -> {}
            default -> expected.get(client).add(session.count + ":" + word);
        }
    }

    private void drain() {
        int free = slots - 1 - open.size();
        if (free > slots / 16 || reusable.isEmpty()) {
            return;
        }
        int victims = Math.max(1, Math.min(32, reusable.size() / 8));
        for (int i = 0; i < victims; i++) {
            drained++;
            end(reusable.getFirst());
        }
    }

    private void end(Session session) {
        open.remove(session);
        reusable.remove(session);
        if (current.get(session.client) == session) {
            current.set(session.client, null);
        }
    }
}
