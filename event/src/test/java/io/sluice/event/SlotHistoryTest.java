package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.ClaimLease;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Event;
import io.sluice.core.connection.ForeignClaimException;
import io.sluice.core.connection.Slot;
import io.sluice.core.connection.StaleConnectionException;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.TimerTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A million random steps of accepting, claiming, handing over, marking, draining, closing, timers, posted and stale events, on the real pool,
 * queue, timers and posted events, against a model made of lists. {@code -Dsluice.test.seed=N} runs another history.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlotHistoryTest {
    private static final int STEPS = 250_000;
    private static final long NEVER = Long.MAX_VALUE;

    /** What a client does when it is asked to close. */
    private enum Manner {
        CLOSES,
        GETS_BUSY,
        IGNORES
    }

    /** The model of a connection: what is true of it, said plainly. */
    private static final class Client {
        final int id;
        final Manner manner;
        final SilentEndpoint socket = new SilentEndpoint();
        Connection handle;
        long token;
        int owner;
        boolean open = true;
        long readDue = NEVER;
        long writeDue = NEVER;
        boolean postedNow;
        boolean postedNext;

        Client(int id, Manner manner) {
            this.id = id;
            this.manner = manner;
        }
    }

    /** One of the two owners between which connections are handed over. */
    private final class Owner implements Consumer<Client>, ClaimLease {
        private final int number;
        final ConsumerKey<Client> key;
        final Claim<Client> claim;
        int leases;

        Owner(int number) {
            this.number = number;
            key = new ConsumerKey<>("owner" + number, Client.class);
            claim = new Claim<>(key, this, this);
        }

        @Override
        public void readable(Client client) {
            assertEquals(number, client.owner);
            heard.add("readable " + client.id);
        }

        @Override
        public void timedOut(Client client, Connection c, Direction direction) {
            heard.add("timedOut " + client.id + " " + direction);
        }

        @Override
        public void closeRequested(Client client, Connection c, CloseReason why) {
            heard.add("asked " + client.id + " " + why);
            switch (client.manner) {
                case CLOSES -> c.close(why);
                case GETS_BUSY -> c.reusable(false);
                case IGNORES -> {}
            }
        }

        @Override
        public void closed(Client client, CloseReason why) {
            assertEquals(number, client.owner);
            heard.add("closed " + client.id + " " + why);
        }

        @Override
        public void connectionTaken() {
            leases++;
        }

        @Override
        public void connectionReturned() {
            leases--;
        }
    }

    private final ModelEngine engine = new ModelEngine();
    private final Owner[] owners = {new Owner(0), new Owner(1)};
    private final List<String> heard = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<Client> open = new ArrayList<>();
    private final List<Client> reusable = new ArrayList<>();
    private final ArrayDeque<Client> gone = new ArrayDeque<>();
    private final ArrayDeque<String> lately = new ArrayDeque<>();
    private ConnectionPool pool;
    private SeededRandomness random;
    private int slots;
    private int clients;
    private long now;
    private long drained;

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 17", "3, 40", "4, 300"})
    void a_million_steps_agree_with_the_model(long defaultSeed, int capacity) {
        long seed = Long.getLong("sluice.test.seed", defaultSeed);
        random = new SeededRandomness(seed);
        slots = capacity;
        pool = new ConnectionPool(capacity, engine);
        int step = 0;
        try {
            for (; step < STEPS; step++) {
                act(random.nextInt(100));
                compare();
            }
            while (!open.isEmpty()) {
                close(open.getLast());
            }
            compare();
            assertEquals(0, owners[0].leases + owners[1].leases);
            assertEquals(0, engine.slabs.bytesInUse());
            assertEquals(0, engine.timers.keepingAlive());
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("-Dsluice.test.seed=" + seed + ", step " + step + ", at last " + lately, failure);
        } finally {
            engine.close();
        }
        assertTrue(clients > STEPS / 20 && drained > STEPS / 1000, clients + " clients, " + drained + " drained");
    }

    private void act(int choice) {
        if (choice < 22 || open.isEmpty()) {
            accept();
        } else if (choice < 30) {
            turn();
        } else if (choice < 36) {
            late();
        } else {
            touch(open.get(random.nextInt(open.size())), choice);
        }
    }

    private void touch(Client client, int choice) {
        Connection c = client.handle;
        if (choice < 56) {
            boolean on = random.nextInt(4) > 0;
            note("reusable " + client.id + " " + on);
            reusable.remove(client);
            if (on) {
                reusable.add(client);
            }
            c.reusable(on);
        } else if (choice < 66) {
            timer(client);
        } else if (choice < 78) {
            post(client);
        } else if (choice < 84) {
            handOver(client);
        } else if (choice < 88) {
            note("memory " + client.id);
            c.pool().take(1 + random.nextInt(600));
        } else if (choice < 92) {
            note("claims " + client.id);
            assertSame(client, c.data(owners[client.owner].key));
            assertThrows(ForeignClaimException.class, () -> c.data(owners[1 - client.owner].key));
            assertThrows(ForeignClaimException.class, () -> c.claim(owners[0].claim, client));
        } else {
            close(client);
        }
    }

    private void accept() {
        Client client = new Client(++clients, Manner.values()[Math.min(2, random.nextInt(6) / 2)]);
        note("accept " + client.id);
        modelDrain();
        boolean free = open.size() < slots;
        Slot slot = pool.take();
        assertEquals(free, slot != null);
        if (slot == null) {
            return;
        }
        slot.endpoint(client.socket);
        client.handle = pool.open(slot, null, null);
        client.token = slot.token();
        client.handle.claim(owners[0].claim, client);
        open.add(client);
    }

    /** nginx-behaviour 2.3, on a list. */
    private void modelDrain() {
        if (slots - open.size() > slots / 16 || reusable.isEmpty()) {
            return;
        }
        int victims = Math.max(1, Math.min(32, reusable.size() / 8));
        Client last = null;
        for (int i = 0; i < victims && !reusable.isEmpty(); i++) {
            last = reusable.getFirst();
            asked(last);
        }
        if (open.size() == slots && reusable.contains(last)) {
            asked(last);
        }
    }

    private void asked(Client victim) {
        drained++;
        expected.add("asked " + victim.id + " DRAINED");
        switch (victim.manner) {
            case CLOSES -> closedInModel(victim, CloseReason.DRAINED);
            case GETS_BUSY -> reusable.remove(victim);
            case IGNORES -> {}
        }
    }

    private void closedInModel(Client client, CloseReason why) {
        expected.add("closed " + client.id + " " + why);
        client.open = false;
        client.readDue = NEVER;
        client.writeDue = NEVER;
        client.postedNow = false;
        client.postedNext = false;
        open.remove(client);
        reusable.remove(client);
        gone.add(client);
    }

    private void close(Client client) {
        note("close " + client.id);
        closedInModel(client, CloseReason.FINISHED);
        client.handle.close(CloseReason.FINISHED);
    }

    private void timer(Client client) {
        int millis = random.nextInt(50);
        boolean read = random.nextInt(2) == 0;
        boolean set = millis >= 10;
        note((set ? "timer " : "no timer ") + client.id);
        long due = set ? now + millis : NEVER;
        Connection c = client.handle;
        if (read) {
            client.readDue = due;
            if (set) {
                c.readTimeout(millis);
            } else {
                c.clearReadTimeout();
            }
        } else {
            client.writeDue = due;
            if (set) {
                c.writeTimeout(millis);
            } else {
                c.clearWriteTimeout();
            }
        }
    }

    private void post(Client client) {
        boolean next = random.nextInt(2) == 0;
        note((next ? "next " : "post ") + client.id);
        if (!client.postedNow && !client.postedNext) {
            client.postedNow = !next;
            client.postedNext = next;
        }
        if (next) {
            client.handle.postReadNext();
        } else {
            client.handle.postRead();
        }
    }

    private void handOver(Client client) {
        note("hand over " + client.id);
        client.readDue = NEVER;
        client.writeDue = NEVER;
        reusable.remove(client);
        // In this order: the new owner is asked with the new number.
        client.owner = 1 - client.owner;
        client.handle.handOverTo(owners[client.owner].claim, client);
    }

    /** As Worker.turn: what was put off, timers, posted events. */
    private void turn() {
        int millis = random.nextInt(30);
        note("turn " + millis);
        now += millis;
        for (Client client : open) {
            client.postedNow |= client.postedNext;
            client.postedNext = false;
            if (client.readDue <= now) {
                client.readDue = NEVER;
                expected.add("timedOut " + client.id + " READ");
            }
            if (client.writeDue <= now) {
                client.writeDue = NEVER;
                expected.add("timedOut " + client.id + " WRITE");
            }
            if (client.postedNow) {
                client.postedNow = false;
                expected.add("readable " + client.id);
            }
        }
        engine.posted.beginTurn();
        engine.advance(millis);
        engine.timers.expire(TimerTask::expired);
        for (Event event = engine.posted.poll(); event != null; event = engine.posted.poll()) {
            Dispatch.readable(event.slot());
        }
        // In which order those of one turn are told is TimersTest's and PostedEventsTest's.
        Collections.sort(expected);
        Collections.sort(heard);
    }

    /** A result that came too late, and a handle kept too long. */
    private void late() {
        Client former = gone.poll();
        if (former == null) {
            return;
        }
        note("late " + former.id);
        assertNull(pool.find(former.token), "a result of the former owner is dropped");
        Connection stale = former.handle;
        assertTrue(stale.isDestroyed() && !stale.isOpen());
        assertThrows(StaleConnectionException.class, stale::postRead);
        assertThrows(StaleConnectionException.class, () -> stale.reusable(true));
        assertThrows(StaleConnectionException.class, () -> stale.readTimeout(1));
        assertThrows(StaleConnectionException.class, stale::pool);
        stale.close(CloseReason.BUG);
        assertEquals(1, former.socket.closed);
    }

    private void compare() {
        assertEquals(expected, heard);
        expected.clear();
        heard.clear();
        assertEquals(slots - open.size(), pool.free());
        assertEquals(reusable.size(), pool.reusable().size());
        if (!open.isEmpty()) {
            Client any = open.get(random.nextInt(open.size()));
            assertTrue(any.handle.isOpen());
            assertEquals(any.handle, pool.find(any.token).connection());
            assertEquals(reusable.contains(any), any.handle.isReusable());
        }
    }

    private void note(String what) {
        lately.add(what);
        if (lately.size() > 12) {
            lately.poll();
        }
    }
}
