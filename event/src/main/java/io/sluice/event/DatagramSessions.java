package io.sluice.event;

import io.sluice.event.spi.DatagramSource;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one listening socket, found by who sent a datagram. As many as there are slots at most, so it is never larger than
 * those.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class DatagramSessions {
    private static final int FEWEST = 16;

    /** A power of two of lists. */
    private @Nullable DatagramSession[] lists = new DatagramSession[FEWEST];

    private int size;

    int size() {
        return size;
    }

    /** Whose datagram it is, or null. */
    @Nullable
    DatagramSession find(DatagramSource source, int datagram) {
        int hash = source.hash(datagram);
        DatagramSession session = lists[hash & lists.length - 1];
        while (session != null && !(session.hash == hash && source.isOf(datagram, session.endpoint()))) {
            session = session.next;
        }
        return session;
    }

    void add(DatagramSession session) {
        if (size == lists.length) {
            grow();
        }
        put(session);
        size++;
    }

    private void put(DatagramSession session) {
        int place = session.hash & lists.length - 1;
        session.next = lists[place];
        lists[place] = session;
    }

    private void grow() {
        @Nullable DatagramSession[] former = lists;
        lists = new DatagramSession[former.length * 2];
        for (DatagramSession first : former) {
            for (DatagramSession session = first; session != null; ) {
                DatagramSession next = session.next;
                put(session);
                session = next;
            }
        }
    }

    /** Does nothing if it is not here: a client without a name never is. */
    void remove(DatagramSession session) {
        int place = session.hash & lists.length - 1;
        DatagramSession before = null;
        for (DatagramSession one = lists[place]; one != null; one = one.next) {
            if (one == session) {
                if (before == null) {
                    lists[place] = one.next;
                } else {
                    before.next = one.next;
                }
                one.next = null;
                size--;
                return;
            }
            before = one;
        }
    }
}
