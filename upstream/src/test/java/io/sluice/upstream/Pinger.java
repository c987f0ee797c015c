package io.sluice.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The smallest client of peers: sends ping, waits for pong. One client connection, so to say. */
final class Pinger {
    static final ConsumerKey<Pinger> KEY = new ConsumerKey<>("pinger", Pinger.class);

    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);
    private static final ConnectOptions OPTIONS = new ConnectOptions(5_000, Reach.plain("ping"));

    private final WorkerContext context;
    private final PeerConnection<Pinger> peer;
    private final Pool pool;
    private final Buf answer;
    private List<String> steps = new ArrayList<>();
    private @Nullable CompletableFuture<List<String>> done;

    Pinger(WorkerContext context) {
        this.context = context;
        this.peer = context.get(UpstreamWorker.KEY)
                .peerConnection(context.claim(KEY), this, context.log().speaker());
        this.pool = context.pool();
        this.answer = pool.take(16);
    }

    /** One request. Completed with what happened on the way. */
    void ask(Upstream upstream, CompletableFuture<List<String>> whenDone) {
        done = whenDone;
        steps = new ArrayList<>();
        peer.start(upstream, OPTIONS, RETRY, context.log());
        attempt();
    }

    private void attempt() {
        Attempt attempt = peer.connect();
        steps.add(attempt.name());
        switch (attempt) {
            case CACHED -> send();
            case CONNECTING -> {}
            case DECLINED -> failed();
            case BUSY, QUEUED, ERROR -> end();
        }
    }

    private void send() {
        Connection c = peer.connection();
        answer.clear();
        answer.put("ping".getBytes(US_ASCII));
        if (c.send(answer) != 4) {
            failed();
            return;
        }
        answer.clear();
    }

    private void receive() {
        Connection c = peer.connection();
        int n = c.recv(answer);
        if (n == Io.AGAIN) {
            return;
        }
        if (n <= 0) {
            failed();
        } else if (answer.size() >= 4) {
            steps.add(answer.text() + " of " + peer.peer().address().port());
            peer.free(Outcome.KEEPALIVE);
            end();
        }
    }

    private void failed() {
        steps.add("failed");
        if (peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE)) {
            attempt();
        } else {
            end();
        }
    }

    private void end() {
        done.complete(steps);
    }

    void close() {
        peer.close();
        pool.end();
    }

    /** Turns what the worker tells into the steps above. */
    static final class Hears implements Consumer<Pinger> {
        @Override
        public void readable(Pinger session) {
            session.receive();
        }

        @Override
        public void connected(Pinger session) {
            session.steps.add("connected");
            session.send();
        }

        @Override
        public void connectFailed(Pinger session) {
            session.failed();
        }

        @Override
        public void closed(Pinger session, CloseReason why) {
            if (session.peer.connection() != null) {
                session.steps.add("closed " + why);
                session.failed();
            }
        }
    }
}
