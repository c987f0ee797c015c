package io.sluice.testkit.driver;

import io.sluice.core.connection.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What must be true of a worker's slots, said as simply as it can be: a list of those who are open and a list of those who may be drained. */
final class SlotModel {
    /** What a client's session does when it is asked to close. */
    enum Manner {
        CLOSES,
        /** Becomes busy: it cannot be taken any more. */
        WAKES,
        /** Becomes the youngest, as one that lingers, and closes when it is asked again. */
        LINGERS,
        /** Does nothing at all. */
        IGNORES
    }

    /** One connection, as it must be, with the handles of the real one. */
    static final class Client {
        final int id;
        final StringBuilder read = new StringBuilder();
        final StringBuilder sent = new StringBuilder();
        /** As the model sees it, and as the real session does: both move on when it was asked. */
        Manner manner = Manner.CLOSES;

        Manner acts = Manner.CLOSES;
        boolean reusableFromTheStart;
        boolean connecting;
        boolean open;
        boolean idle;
        int owner;
        long deadline = Long.MAX_VALUE;
        ScriptedConnection wire;
        Connection handle;

        Client(int id) {
            this.id = id;
        }
    }

    private final int capacity;
    final List<Client> open = new ArrayList<>();
    /** Oldest first. */
    final List<Client> reusable = new ArrayList<>();
    /** What the consumers must have heard, in any order. */
    final List<String> heard = new ArrayList<>();

    long now;

    /** @param capacity slots for connections and one listening socket */
    SlotModel(int capacity) {
        this.capacity = capacity;
    }

    int free() {
        return capacity - 1 - open.size();
    }

    /** Takes a slot by nginx's rule. */
    boolean take(Client client) {
        drain();
        if (free() == 0) {
            return false;
        }
        open.add(client);
        client.open = true;
        return true;
    }

    private void drain() {
        if (free() > capacity / 16 || reusable.isEmpty()) {
            return;
        }
        int victims = Math.max(1, Math.min(32, reusable.size() / 8));
        Client last = null;
        for (int i = 0; i < victims && !reusable.isEmpty(); i++) {
            last = reusable.getFirst();
            ask(last, "DRAINED");
        }
        if (free() == 0 && last != null && reusable.contains(last)) {
            ask(last, "DRAINED");
        }
    }

    private void ask(Client client, String why) {
        heard.add(client.id + " asked " + why);
        switch (client.manner) {
            case CLOSES -> close(client, why);
            case WAKES -> mark(client, false);
            case LINGERS -> {
                mark(client, true);
                client.manner = Manner.CLOSES;
            }
            case IGNORES -> {}
        }
    }

    void mark(Client client, boolean on) {
        reusable.remove(client);
        if (on) {
            reusable.add(client);
        }
    }

    void close(Client client, String why) {
        heard.add(client.id + " closed " + why);
        open.remove(client);
        reusable.remove(client);
        client.open = false;
    }

    void handOver(Client client) {
        client.owner = 1 - client.owner;
        client.deadline = Long.MAX_VALUE;
        client.idle = false;
        reusable.remove(client);
    }

    /** Lets time pass: who has a timer that is due is closed. */
    void advance(long millis) {
        now += millis;
        for (Client client : List.copyOf(open)) {
            if (client.deadline <= now) {
                close(client, "TIMED_OUT");
            }
        }
    }

    List<String> takeHeard() {
        List<String> all = new ArrayList<>(heard);
        heard.clear();
        Collections.sort(all);
        return all;
    }
}
