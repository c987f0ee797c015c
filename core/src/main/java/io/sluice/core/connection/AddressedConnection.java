package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/**
 * A connection as its two ends know it: where it came in, and the addresses of both sides. A part of the {@link Connection}, not an object
 * of its own, because ten thousand may be idle.
 */
abstract class AddressedConnection extends WaitingConnection {
    /** After so many an accepted connection is passed no more: its servers pass it in a circle (as in nginx). */
    public static final int MOST_PASSES = 10;

    private @Nullable Listening listening;
    /** An {@link Address}; or a {@link Told}, for the few of which a proxy has told more, so that the others need no field for it. */
    private @Nullable Object remote;

    private @Nullable Address local;
    private byte passes;

    /** The other side's address, if it is known, and what it told. */
    private record Told(@Nullable Address remote, Proxied proxied) {}

    AddressedConnection(
            ConnectionPool owner, Slot slot, @Nullable Listening listening, @Nullable Address remote, long number) {
        super(owner, slot, number);
        this.listening = listening;
        this.remote = remote;
    }

    /** The listening it came from, or was passed to; null for a connection that we made. */
    public @Nullable Listening listening() {
        return listening;
    }

    /** False for a connection made for the sake of another, as to a peer. */
    public boolean isSingle() {
        return listening != null;
    }

    /** How often it was given to another listening. */
    public int passes() {
        return passes;
    }

    /** The other side's address. */
    public @Nullable Address remoteAddress() {
        Object known = remote;
        if (known instanceof Told told) {
            return told.remote();
        }
        if (known == null && isOpen()) {
            known = endpoint().remoteAddress();
            remote = known;
        }
        return (Address) known;
    }

    /** What a proxy in front of us told about this connection, or null. The other side's address is the proxy's nevertheless. */
    public @Nullable Proxied proxied() {
        return remote instanceof Told told ? told.proxied() : null;
    }

    /** Said by who has read it: once. */
    public void proxied(Proxied by) {
        requireOpen();
        remote = new Told(remoteAddress(), by);
    }

    /** Our own address; the system is asked only for a wildcard listener or an outgoing connection. */
    public @Nullable Address localAddress() {
        Address known = local;
        if (known == null && isOpen()) {
            Listening from = listening;
            known = from != null && !from.address().isWildcard()
                    ? from.address()
                    : endpoint().localAddress();
            local = known;
        }
        return known;
    }

    /** See {@link Connection#passTo}. */
    final void moveTo(Listening to, Address at) {
        Listening from = listening;
        if (from == null || from.isForDatagrams() || to.isForDatagrams()) {
            throw new IllegalArgumentException(
                    "only an accepted stream can be passed, and only to where streams are accepted");
        }
        if (passes == MOST_PASSES) {
            throw new IllegalStateException("the connection was passed " + MOST_PASSES + " times");
        }
        Address own = at;
        if (at.isWildcard()) {
            Address here = localAddress();
            own = here != null && here.family() == at.family() ? here.withPort(at.port()) : at;
        }
        passes++;
        listening = to;
        local = own;
    }
}
