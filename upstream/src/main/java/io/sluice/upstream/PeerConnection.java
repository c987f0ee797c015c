package io.sluice.upstream;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.event.Connector;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.sticky.StickyClient;
import io.sluice.upstream.sticky.StickyWorker;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one request to be served by a peer: ngx_peer_connection_t. Made once per client connection and used
 * for its requests one after the other; nothing is allocated for a request that is served on an idle connection.
 *
 * <ol>
 *   <li>{@link #start}, once per request
 *   <li>{@link #connect}; where it says that the request waits, the {@link PeerWaiter} hears when to go on
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
    private static final long SECOND = 1_000_000_000;
    private static final int KEY_BYTES = 64;
    private static final int MOST_KEY_BYTES = 64 * 1024;
    private static final ConnectOptions NOTHING = new ConnectOptions(0, Reach.plain(""));

    private final UpstreamWorker worker;
    private final PeerLink<S> link;
    private final Balancing balancing;
    private final Selection selection;

    /** Null for one whose requests do not wait. */
    private final @Nullable QueuedRequest queued;

    private ConnectOptions options = NOTHING;
    private RetryPolicy retry = RetryPolicy.NEVER;

    /** Made for the first request that is balanced by something. */
    private @Nullable BytesSink key;

    /** Made for the first request to a sticky upstream. */
    private @Nullable StickyAttempts stickyAttempts;

    /** The same while the request is sticky, else null. */
    private @Nullable StickyAttempts sticky;

    private boolean answered;

    /** Whether {@link #mayTryNext} has counted the further attempt already. */
    private boolean allowed;

    private int tries;
    private int attempts;
    private long startNanos;

    PeerConnection(
            UpstreamWorker worker,
            Claim<S> claim,
            S session,
            LogContext about,
            @Nullable Connection client,
            @Nullable PeerWaiter waiter) {
        this.worker = worker;
        this.link = new PeerLink<>(worker, claim, session, client);
        this.balancing = new Balancing(worker.context(), about);
        this.selection = balancing.selection();
        this.queued = waiter == null ? null : new QueuedRequest(worker.context(), balancing, waiter, client);
        if (client != null) {
            selection.client(client);
        }
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
        sticky = null;
        balancing.start(upstream, options.reach(), place);
        link.begin(worker.local(upstream));
        BytesSink bytes = key;
        if (bytes != null) {
            bytes.reset();
        }
        int most = retry.tries();
        int peers = selection.tries();
        tries = most > 0 && most < peers ? most : peers;
        attempts = 0;
        allowed = false;
        startNanos = worker.nanos();
        link.countRequest(startNanos / SECOND);
    }

    /**
     * The server that the request wants, by its sid, as an earlier answer to its client said: it is asked first, and
     * only by the next {@link #connect}. After {@link #start}.
     */
    public void hint(@Nullable String sid) {
        selection.hint(sid);
    }

    /**
     * The client of the request, for an upstream that has {@link Upstream#stickiness}: without it, its requests are not sticky. After {@link
     * #start}.
     */
    public void sticky(StickyClient client) {
        StickyWorker method = worker.local(upstream()).sticky();
        if (method == null) {
            return;
        }
        StickyAttempts made = stickyAttempts;
        if (made == null) {
            made = new StickyAttempts(balancing, worker.scratch());
            stickyAttempts = made;
        }
        made.begin(method, client);
        sticky = made;
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
     * @throws IllegalStateException if a peer is held, or the request waits for one
     */
    public Attempt connect() {
        QueuedRequest waiting = queued;
        Choice choice = waiting == null ? null : waiting.granted();
        if (choice == null) {
            choice = choose(waiting);
        }
        return choice == null
                ? Attempt.QUEUED
                : switch (choice) {
                    case PEER -> {
                        if (sticky != null) {
                            sticky.taken();
                        }
                        yield reach(balancing.peer());
                    }
                    case BUSY -> {
                        balancing.logBusy();
                        yield Attempt.BUSY;
                    }
                    case DECLINED -> Attempt.DECLINED;
                };
    }

    /** Answers null if the request waits. */
    private @Nullable Choice choose(@Nullable QueuedRequest waiting) {
        if (balancing.holds() || (waiting != null && waiting.isWaiting())) {
            throw new IllegalStateException("the attempt before has not come to its end");
        }
        answered = false;
        link.begin();
        attempts++;
        BytesSink bytes = key;
        if (bytes != null) {
            selection.key(bytes.array(), bytes.count());
        }
        if (sticky != null) {
            sticky.wish();
        }
        return waiting == null ? balancing.get(nowMillis()) : waiting.get(nowMillis());
    }

    private Attempt reach(Peer peer) {
        if (link.takeIdle(peer, options, balancing)) {
            return Attempt.CACHED;
        }
        Connector.Failure failure = link.connect(peer, options, balancing);
        return failure == null
                ? Attempt.CONNECTING
                : switch (failure) {
                    case REFUSED -> Attempt.DECLINED;
                    case NO_RESOURCE, LOCAL_ADDRESS -> {
                        freePeer(Outcome.DONE);
                        yield Attempt.ERROR;
                    }
                };
    }

    /** The connection to the peer, or null if there is none. */
    public @Nullable Connection connection() {
        return link.connection();
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
        return link.isCached();
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
        if (sticky != null && event == PeerEvent.HEADER) {
            sticky.answered();
        }
    }

    /**
     * Whether {@link #next} would allow another attempt, asked while the peer is held: for an answer that is passed on
     * if not (nginx's test_next). If so, {@link #next} must follow.
     *
     * @param condition as in {@link RetryPolicy#mayTryNext}
     */
    public boolean mayTryNext(int condition, Repeat repeat) {
        allowed = retry.mayTryNext(condition, repeat, tries - 1, elapsedMillis()) && withinBudget();
        return allowed;
    }

    /**
     * The attempt failed: gives the peer back, and the connection as {@link #free} does.
     *
     * @param condition as in {@link RetryPolicy#mayTryNext}
     * @param outcome {@link Outcome#NEXT}, {@link Outcome#NEXT_KEEPALIVE} or {@link Outcome#FAILED}
     * @return whether to {@link #connect} again; if not, the request is at its end
     */
    public boolean next(int condition, Outcome outcome, Repeat repeat) {
        boolean counted = allowed;
        allowed = false;
        // The peer may have ended the idle connection before it saw the request: that was no attempt.
        boolean stale = link.isCached() && !answered && (condition & RetryPolicy.ERROR) != 0;
        if (balancing.holds()) {
            if (stale) {
                selection.forgive();
                giveBack(Outcome.DONE);
                tries++;
            } else {
                giveBack(outcome);
            }
        } else if (tries > 0) {
            // A balancer that declines must not be asked for ever.
            tries--;
        }
        boolean again =
                retry.mayTryNext(condition, repeat, tries, elapsedMillis()) && (stale || counted || withinBudget());
        if (!again) {
            balancing.end();
        }
        return again;
    }

    private boolean withinBudget() {
        RetryBudget budget = upstream().budget();
        long second = worker.nanos() / SECOND;
        if (budget.take(second)) {
            return true;
        }
        if (budget.isNews(second)) {
            balancing.logBudget();
        }
        return false;
    }

    /**
     * Gives the peer back, at the end of the request. If the outcome says that it may be, the connection is kept idle
     * where that is possible; in all other cases it is closed.
     *
     * @throws IllegalStateException if no peer is held
     */
    public void free(Outcome outcome) {
        giveBack(outcome);
        balancing.end();
    }

    private void giveBack(Outcome outcome) {
        if (!balancing.holds()) {
            throw new IllegalStateException("no peer is held");
        }
        if (sticky != null && !outcome.isFailed() && !outcome.isNext()) {
            sticky.served();
        }
        Peer peer = balancing.peer();
        Connection c = link.release();
        try {
            freePeer(outcome);
        } finally {
            if (c != null) {
                link.letGo(c, peer, options.reach(), outcome);
            }
        }
    }

    private void freePeer(Outcome outcome) {
        balancing.free(outcome, nowMillis());
        tries = Math.max(0, tries - 1);
    }

    /**
     * The client went away, or the request ended without an answer: gives back whatever is held, and waits no more. Does
     * nothing if neither is the case.
     */
    public void close() {
        QueuedRequest waiting = queued;
        if (waiting != null) {
            waiting.giveUp();
        }
        if (balancing.holds()) {
            giveBack(Outcome.DONE);
        }
        balancing.end();
    }

    /** A TLS session for the peer that is held, to be resumed; null for none. */
    public @Nullable Object session() {
        return balancing.session();
    }

    /** Keeps the TLS session of a connection that was made for this request; one that was idle has none to tell. */
    public void saveSession(Object tlsSession) {
        if (!link.isCached()) {
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
