package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.StaleConnectionException;
import io.sluice.core.log.IoFault;
import io.sluice.core.time.SeededRandomness;
import io.sluice.event.Connector;
import io.sluice.event.spi.Readiness;
import io.sluice.testkit.driver.SlotModel.Client;
import io.sluice.testkit.driver.SlotModel.Manner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Any history of accepting, claiming, reusing, draining, closing, timers and late results leaves the worker as a simple model says: who is
 * open, in which order they may be drained, who heard what, and that each got its own bytes.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionHistoryTest {
    private static final int STEPS = 50_000;
    private static final Address PEER = Address.inet(new byte[] {10, 0, 0, 1}, 9000);
    private static final int[] BITS = {
        Readiness.READ,
        Readiness.WRITE,
        Readiness.READ | Readiness.PEER_CLOSED,
        Readiness.READ | Readiness.WRITE | Readiness.ERROR
    };

    private final HistoryPlugin plugin = new HistoryPlugin();
    private final ArrayDeque<Client> clientsSoFar = new ArrayDeque<>();
    private final ArrayDeque<String> lately = new ArrayDeque<>();
    private SeededRandomness random;
    private SlotModel model;
    private Stepped server;
    private int clients;

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 20", "3, 64", "4, 200"})
    void any_history_agrees_with_the_model(long seed, int slots) {
        random = new SeededRandomness(seed);
        model = new SlotModel(slots);
        int step = 0;
        try (Stepped started = Stepped.of(plugin).start("one.listen = 7\nworker-connections = " + slots)) {
            server = started;
            for (; step < STEPS; step++) {
                act(random.nextInt(100));
                compare();
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ", step " + step + ", at last " + lately, failure);
        }
        assertTrue(server.net().connections().size() > STEPS / 20, "the history was lively");
    }

    private void act(int choice) {
        if (choice < 20 || model.open.isEmpty()) {
            accept(1 + random.nextInt(3));
        } else if (choice < 24) {
            dial();
        } else if (choice < 28) {
            advance(random.nextInt(40));
        } else if (choice < 34) {
            late();
        } else {
            Client client = model.open.get(random.nextInt(model.open.size()));
            if (client.connecting) {
                answer(client);
            } else {
                touch(client, choice);
            }
        }
        server.settle();
    }

    private void touch(Client client, int choice) {
        if (choice < 50) {
            mark(client);
        } else if (choice < 60) {
            setTimer(client);
        } else if (choice < 80) {
            note("bytes for " + client.id);
            String text = client.id + "; ";
            client.sent.append(text);
            client.wire.receivesInPieces(text, 1 + random.nextInt(20));
        } else if (choice < 84) {
            note("hand over " + client.id);
            model.handOver(client);
            client.handle.handOverTo(plugin.context.claim(plugin.keys.get(client.owner)), client);
        } else if (choice < 90) {
            note("close " + client.id);
            model.close(client, "FINISHED");
            client.handle.close(CloseReason.FINISHED);
        } else if (choice < 95) {
            note("end of " + client.id);
            model.close(client, "PEER_CLOSED");
            client.wire.ends();
        } else {
            note("reset of " + client.id);
            model.close(client, "IO_ERROR");
            client.wire.resets();
        }
    }

    private Client client() {
        Client client = new Client(++clients);
        client.manner = Manner.values()[random.nextInt(8) % 4];
        client.acts = client.manner;
        client.reusableFromTheStart = random.nextInt(3) > 0;
        return client;
    }

    private void accept(int count) {
        note("accept " + count);
        List<Client> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client client = client();
            client.wire = server.net().connect();
            plugin.expected.put(client.wire.remoteAddress(), client);
            fresh.add(client);
        }
        for (Client client : fresh) {
            if (model.take(client)) {
                model.heard.add(client.id + " accepted");
                model.mark(client, client.reusableFromTheStart);
            }
            clientsSoFar.add(client);
        }
    }

    private void dial() {
        Client client = client();
        note("dial " + client.id);
        boolean taken = model.take(client);
        Connector connector = plugin.context.service(Connector.class);
        client.handle = connector.connect(
                PEER,
                OutgoingOptions.DEFAULT,
                plugin.context.claim(plugin.keys.getFirst()),
                client,
                30,
                plugin.context.log().speaker());
        assertEquals(taken, client.handle != null);
        if (taken) {
            client.connecting = true;
            client.deadline = model.now + 30;
            client.wire = server.outgoing();
            clientsSoFar.add(client);
        }
    }

    private void answer(Client client) {
        client.connecting = false;
        client.deadline = Long.MAX_VALUE;
        if (random.nextInt(2) == 0) {
            note("answer " + client.id);
            model.heard.add(client.id + " connected");
            client.wire.accepts();
        } else {
            note("refuse " + client.id);
            model.close(client, "IO_ERROR");
            client.wire.refuses(IoFault.REFUSED);
        }
    }

    private void mark(Client client) {
        boolean reusable = random.nextInt(3) > 0;
        note((reusable ? "reusable " : "busy ") + client.id);
        model.mark(client, reusable);
        client.idle = reusable && random.nextInt(2) == 0;
        client.handle.reusable(reusable);
        client.handle.idle(client.idle);
    }

    private void setTimer(Client client) {
        int millis = random.nextInt(60);
        if (millis < 10) {
            note("no timer for " + client.id);
            client.deadline = Long.MAX_VALUE;
            client.handle.clearReadTimeout();
        } else {
            note("timer for " + client.id + " in " + millis);
            client.deadline = model.now + millis;
            client.handle.readTimeout(millis);
        }
    }

    private void advance(int millis) {
        note("advance " + millis);
        model.advance(millis);
        server.advance(Duration.ofMillis(millis));
    }

    /** A result that came too late, and a handle kept too long. */
    private void late() {
        Client former = clientsSoFar.poll();
        if (former != null && former.open) {
            clientsSoFar.add(former);
        } else if (former != null && former.handle != null) {
            note("late result for " + former.id);
            server.net().driver(0).report(former.wire.token(), BITS[random.nextInt(BITS.length)]);
            Connection stale = former.handle;
            assertThrows(StaleConnectionException.class, () -> stale.reusable(true));
            stale.close(CloseReason.FINISHED);
        }
    }

    private void compare() {
        assertEquals(model.takeHeard(), plugin.takeHeard());
        var pool = server.worker().pool();
        assertEquals(model.free(), pool.free());
        assertEquals(model.reusable.size(), pool.reusable().size());
        assertEquals(model.open.size(), pool.open());
        assertEquals(model.open.size(), server.counters().claims());
        assertEquals(0, server.counters().failures());
        for (Client client : model.open) {
            assertTrue(client.handle.isOpen() && client.wire.isOpen(), () -> client.id + " is open");
            assertTrue(client.sent.compareTo(client.read) == 0, () -> client.sent + " came as " + client.read);
            assertEquals(model.reusable.contains(client), client.handle.isReusable());
            assertEquals(client.idle, client.handle.isIdle());
            assertSame(client, client.handle.data(plugin.keys.get(client.owner)));
        }
        Client latest = clientsSoFar.peekLast();
        assertEquals(latest != null && latest.open, latest != null && latest.wire.isOpen());
    }

    private void note(String what) {
        lately.addLast(what);
        if (lately.size() > 20) {
            lately.removeFirst();
        }
    }
}
