package io.sluice.core.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A consumer that notes what it hears, with its sessions' names, and does what the test wants when it is asked to close. */
final class Party implements Consumer<Party.Guest> {
    /** A session. */
    static final class Guest {
        final String name;
        Connection connection;

        Guest(String name) {
            this.name = name;
        }
    }

    private static final ClaimLease NO_LEASE = new ClaimLease() {
        @Override
        public void connectionTaken() {}

        @Override
        public void connectionReturned() {}
    };

    final ConsumerKey<Guest> key = new ConsumerKey<>("party", Guest.class);
    final Claim<Guest> claim = new Claim<>(key, this, NO_LEASE);
    final List<String> heard = new ArrayList<>();
    BiConsumer<Guest, CloseReason> whenAsked = (guest, why) -> guest.connection.close(why);
    BiConsumer<Guest, Connection> whenTimedOut = (guest, c) -> c.close(CloseReason.TIMED_OUT);
    BiConsumer<Guest, CloseReason> whenClosed = (guest, why) -> {};

    /** A connection in a slot of its own; null if there is no slot. */
    Connection enter(ConnectionPool pool, Endpoint endpoint, String name) {
        Slot slot = pool.take();
        if (slot == null) {
            return null;
        }
        slot.endpoint(endpoint);
        Guest guest = new Guest(name);
        guest.connection = pool.open(slot, null, null);
        guest.connection.claim(claim, guest);
        return guest.connection;
    }

    List<String> takeHeard() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    @Override
    public void readable(Guest guest) {
        heard.add(guest.name + " readable");
    }

    @Override
    public void closeRequested(Guest guest, Connection c, CloseReason why) {
        heard.add(guest.name + " asked " + why);
        whenAsked.accept(guest, why);
    }

    @Override
    public void timedOut(Guest guest, Connection c, Direction direction) {
        heard.add(guest.name + " timedOut " + direction);
        whenTimedOut.accept(guest, c);
    }

    @Override
    public void closed(Guest guest, CloseReason why) {
        heard.add(guest.name + " closed " + why);
        whenClosed.accept(guest, why);
    }
}
