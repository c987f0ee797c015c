package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one request to be served by a peer: ngx_peer_connection_t. Made once per client connection and used
 * for its requests one after the other; nothing is allocated for a request that is served on an idle connection.
 *
 * <ol>
 *   <li>{@link #start}, once per request
 *   <li>{@link #connect}
 *   <li>the consumer exchanges bytes on {@link #connection}
 *   <li>{@link #next} if it failed, and {@link #connect} again if that is allowed; else {@link #free}
 * </ol>
 *
 * <p>A peer that was got is held until {@link #next}, {@link #free} or {@link #close}, and given back exactly once.
 * Each of these also ends the consumer's ownership of the connection: it is kept idle or closed. While it is closed by
 * one of them the consumer hears {@code closed} with {@link #connection} being null already, by which it knows that it
 * asked for it.
 *
 * <p><b>Thread:</b> the worker's.
 *
 * @param <S> the session with which the consumer hears of its connections to peers
 */
public final class PeerConnection<S> {
    private static final long MILLI = 1_000_000;
    private static final int KEY_BYTES = 64;
    private static final int MOST_KEY_BYTES = 64 * 1024;
    private static final ConnectOptions NOTHING = new ConnectOptions(0, Reach.plain(""));

    private final UpstreamWorker worker;
    private final Claim<S> claim;
    private final S session;
    private final @Nullable PeerWaiter waiter;
    private final Balancing balancing;
    private ConnectOptions options = NOTHING;
    private RetryPolicy retry = RetryPolicy.NEVER;
    private @Nullable Connection connection;
    private @Nullable KeptConnection kept;
    /** Made for the first request that is balanced by something. */
    private @Nullable BytesSink key;

    private boolean cached;
    private boolean answered;
    private int tries;
    private int attempts;
    private long startNanos;
    private long connectionSinceNanos;

    PeerConnection(UpstreamWorker worker, Claim<S> claim, S session, LogContext about, @Nullable PeerWaiter waiter) {
        this.worker = worker;
        this.claim = claim;
        this.session = session;
        this.waiter = waiter;
        this.balancing = new Balancing(worker.context(), about);
    }

    /**
     * Begins with a request. Whatever the request before still held is given back.
     *
     * @param place the log of the place that serves the request
     */
    public void start(Upstream upstream, ConnectOptions options, RetryPolicy retry, ErrorLog place) {
        close();
        this.options = options;
        this.retry = retry;
        balancing.start(upstream, options.reach(), place);
        BytesSink bytes = key;
        if (bytes != null) {
            bytes.reset();
        }
        int most = retry.tries();
        int peers = balancing.selection().tries();
        tries = most > 0 && most < peers ? most : peers;
        attempts = 0;
        cached = false;
        startNanos = worker.nanos();
    }

    /**
     * The server that the request wants, by its sid, as an earlier answer to its client said: it is asked first, and
     * only by the next {@link #connect}. After {@link #start}.
     */
    public void hint(@Nullable String sid) {
        balancing.selection().hint(sid);
    }

    /** Who sent the request, for balancers that go by it. After {@link #start}. */
    public void client(@Nullable Address address) {
        balancing.selection().client(address);
    }

    /** Where the consumer writes what the request is balanced by, as {@link Upstream#keyText} says. After {@link #start}. */
    public BytesSink key() {
        BytesSink bytes = key;
        if (bytes == null) {
            bytes = new BytesSink(KEY_BYTES, MOST_KEY_BYTES);
            key = bytes;
        }
        return bytes;
    }

    /**
     * Gets a peer and a connection to it. May close reusable connections of others to have a slot, so their handlers
     * may run inside.
     *
     * @throws IllegalStateException if a peer is held
     */
    public Attempt connect() {
        if (balancing.holds()) {
            throw new IllegalStateException("the peer of the attempt before is still held");
        }
        answered = false;
        cached = false;
        attempts++;
        BytesSink bytes = key;
        if (bytes != null) {
            balancing.selection().key(bytes.array(), bytes.count());
        }
        return switch (balancing.get(nowMillis())) {
            case PEER -> reach(balancing.peer());
            case BUSY -> Attempt.BUSY;
            case DECLINED -> Attempt.DECLINED;
        };
    }

    private Attempt reach(Peer peer) {
        Reach reach = options.reach();
        KeptConnection idle = worker.cache(upstream()).take(peer.address(), reach);
        if (idle != null) {
            use(idle);
            return Attempt.CACHED;
        }
        connectionSinceNanos = worker.nanos();
        Connection made = worker.connector()
                .connect(peer.address(), how(reach), claim, session, options.timeoutMillis(), balancing.about());
        if (made != null) {
            kept = null;
            connection = made;
            made.log(balancing.log());
            made.countRequest();
            return Attempt.CONNECTING;
        }
        return switch (worker.connector().failure()) {
            case REFUSED -> Attempt.DECLINED;
            case NO_RESOURCE, LOCAL_ADDRESS -> {
                freePeer(Outcome.DONE);
                yield Attempt.ERROR;
            }
        };
    }

    private static OutgoingOptions how(Reach reach) {
        return reach.local() == null
                ? OutgoingOptions.DEFAULT
                : OutgoingOptions.DEFAULT.with().local(reach.local()).build();
    }

    private void use(KeptConnection idle) {
        Connection c = idle.connection;
        c.handOverTo(claim, session);
        c.sent(0);
        c.log(balancing.log());
        c.logContext(balancing.about());
        c.errorLevel(ConnectionErrorLevel.ERR);
        c.countRequest();
        connection = c;
        kept = idle;
        connectionSinceNanos = idle.sinceNanos;
        cached = true;
    }

    /** The connection to the peer, or null if there is none. */
    public @Nullable Connection connection() {
        return connection;
    }

    /**
     * The peer that is held.
     *
     * @throws IllegalStateException if none is held
     */
    public Peer peer() {
        return balancing.peer();
    }

    /** Whether a peer is held. */
    public boolean isHeld() {
        return balancing.holds();
    }

    /** Whether the connection served requests before. */
    public boolean isCached() {
        return cached;
    }

    /** Attempts that are left, this one included. */
    public int tries() {
        return tries;
    }

    /** Attempts so far, this one included. */
    public int attempts() {
        return attempts;
    }

    /** The one of {@link #start}. */
    public Upstream upstream() {
        return balancing.upstream();
    }

    /** Tells the balancer, and us, how far the attempt has come. To be told at most once each. */
    public void notifyPeer(PeerEvent event) {
        if (event != PeerEvent.CONNECTED) {
            answered = true;
        }
        balancing.tell(event, nowMillis());
    }

    /**
     * Whether {@link #next} would allow another attempt, asked while the peer is held: for an answer that is passed on
     * if not (nginx's test_next).
     *
     * @param condition as in {@link RetryPolicy#mayTryNext}
     */
    public boolean mayTryNext(int condition, Repeat repeat) {
        return retry.mayTryNext(condition, repeat, tries - 1, elapsedMillis());
    }

    /**
     * The attempt failed: gives the peer back, and the connection as {@link #free} does.
     *
     * @param condition as in {@link RetryPolicy#mayTryNext}
     * @param outcome {@link Outcome#NEXT}, {@link Outcome#NEXT_KEEPALIVE} or {@link Outcome#FAILED}
     * @return whether to {@link #connect} again; if not, the request is at its end
     */
    public boolean next(int condition, Outcome outcome, Repeat repeat) {
        boolean stale = cached && !answered && (condition & RetryPolicy.ERROR) != 0;
        if (balancing.holds()) {
            free(outcome);
        } else if (tries > 0) {
            // A balancer that declines must not be asked for ever.
            tries--;
        }
        if (stale) {
            // The peer may have ended the idle connection before it saw the request: that was no attempt.
            tries++;
        }
        return retry.mayTryNext(condition, repeat, tries, elapsedMillis());
    }

    /**
     * Gives the peer back. If the outcome says that it may be, the connection is kept idle where that is possible; in all
     * other cases it is closed.
     *
     * @throws IllegalStateException if no peer is held
     */
    public void free(Outcome outcome) {
        if (!balancing.holds()) {
            throw new IllegalStateException("no peer is held");
        }
        Peer peer = balancing.peer();
        Connection c = connection;
        connection = null;
        try {
            freePeer(outcome);
        } finally {
            if (c != null && c.isOpen()) {
                letGo(peer, c, outcome);
            }
        }
    }

    private void letGo(Peer peer, Connection c, Outcome outcome) {
        KeepaliveCache cache = worker.cache(upstream());
        if (outcome.mayBeKept() && !peer.isRemoved() && cache.accepts(c, connectionSinceNanos)) {
            KeptConnection item = kept;
            if (item == null) {
                item = new KeptConnection(cache, c, new PeerKey(peer.address(), options.reach()), connectionSinceNanos);
            }
            kept = null;
            cache.store(item);
            return;
        }
        kept = null;
        c.close(outcome.isFailed() ? CloseReason.IO_ERROR : CloseReason.FINISHED);
    }

    private void freePeer(Outcome outcome) {
        balancing.free(outcome, nowMillis());
        tries = Math.max(0, tries - 1);
    }

    /**
     * The client went away, or the request ended without an answer: gives back whatever is held. Does nothing if
     * nothing is.
     */
    public void close() {
        if (balancing.holds()) {
            free(Outcome.DONE);
        }
    }

    /** A TLS session for the peer that is held, to be resumed; null for none. */
    public @Nullable Object session() {
        return balancing.session();
    }

    /** Keeps the TLS session of a connection that was made for this request; one that was idle has none to tell. */
    public void saveSession(Object tlsSession) {
        if (!cached) {
            balancing.saveSession(tlsSession);
        }
    }

    private long nowMillis() {
        return worker.nanos() / MILLI;
    }

    private long elapsedMillis() {
        return (worker.nanos() - startNanos) / MILLI;
    }
}
