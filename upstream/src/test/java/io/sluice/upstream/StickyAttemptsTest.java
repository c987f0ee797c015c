package io.sluice.upstream;

import static io.sluice.upstream.Rig.draining;
import static io.sluice.upstream.Rig.route;
import static io.sluice.upstream.Rig.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.discover.StaticDiscovery;
import io.sluice.upstream.health.PassiveHealth;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyClient;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyWorker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a stickiness hears of the attempts of a request, and what it may say. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StickyAttemptsTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;
    private final List<String> heard = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** What the client says. */
    private String kept = "";

    /** Where the stickiness throws. */
    private String breaksAt = "";

    private final class Client implements StickyClient {
        @Override
        public void text(int index, BytesSink out) {
            out.putAscii("text " + index);
        }

        @Override
        public void kept(byte[] lowerCase, BytesSink out) {
            out.putAscii(kept);
        }

        @Override
        public void tell(byte[] what, int length) {
            told.add(new String(what, 0, length, StandardCharsets.US_ASCII));
        }
    }

    /** Wants what the client says, tells it what it got, writes down what it hears. */
    private final class Listening implements Stickiness, StickyWorker {
        @Override
        public StickyWorker on(WorkerContext worker) {
            heard.add("on " + worker.index());
            return this;
        }

        @Override
        public void wish(StickyRequest request) {
            hear("wish");
            BytesSink value = request.kept(new byte[] {'a'});
            request.want(value.array(), value.count());
        }

        @Override
        public void taken(StickyRequest request) {
            hear("taken " + request.sid());
            BytesSink what = new BytesSink(8, 64);
            what.putAscii("at " + request.sid());
            request.tell(what);
        }

        @Override
        public void answered(StickyRequest request) {
            hear("answered " + request.sid() + " " + request.text(1) + " " + request.note());
            request.note("noted");
        }

        @Override
        public void served(StickyRequest request) {
            hear("served " + request.sid() + " " + request.note());
        }

        @Override
        public void close() {
            heard.add("close");
        }

        private void hear(String what) {
            heard.add(what);
            if (!breaksAt.isEmpty() && what.startsWith(breaksAt)) {
                throw new IllegalStateException("broken " + what);
            }
        }
    }

    private void start(Upstream upstream) {
        rig.start(upstream, RETRY);
        peer.sticky(new Client());
    }

    private Upstream upstream(ServerSettings... servers) {
        return Rig.sticky(new Listening(), 0, servers);
    }

    @Test
    void it_hears_of_each_attempt_and_the_last_word_to_the_client_is_of_the_peer_that_has_it() {
        kept = "b";
        start(upstream(route("a"), route("b"), route("c")));
        peer.connect();
        assertEquals("b", peer.peer().sid());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        peer.connect();
        peer.notifyPeer(PeerEvent.HEADER);
        peer.free(Outcome.KEEPALIVE);
        assertEquals(
                List.of("on 0", "wish", "taken b", "wish", "taken a", "answered a text 1 null", "served a noted"),
                heard);
        assertEquals(List.of("at b", "at a"), told);
    }

    @Test
    void only_a_peer_that_has_answered_and_not_failed_has_served() {
        Upstream upstream = upstream(route("a"), route("b"), route("c"));
        start(upstream);
        peer.connect();
        peer.close();
        start(upstream);
        peer.connect();
        peer.notifyPeer(PeerEvent.FIRST_BYTE);
        peer.free(Outcome.DONE);
        start(upstream);
        peer.connect();
        peer.notifyPeer(PeerEvent.HEADER);
        peer.next(RetryPolicy.ERROR, Outcome.NEXT, Repeat.SAFE);
        peer.connect();
        peer.free(Outcome.DONE);
        assertEquals(0, heard.stream().filter(what -> what.startsWith("served")).count(), heard::toString);
        start(upstream);
        peer.connect();
        peer.notifyPeer(PeerEvent.HEADER);
        peer.close();
        assertEquals("served a noted", heard.getLast(), "the client went away, which is no fault of the peer's");
    }

    @Test
    void what_no_peer_is_called_is_no_wish() {
        Upstream upstream = upstream(server(), route("b"));
        for (String said : List.of("", "nobody", "bb", "B", "b\r\n", "x".repeat(100_000))) {
            kept = said;
            start(upstream);
            peer.connect();
            assertEquals(1, peer.peer().address().port(), said);
            peer.free(Outcome.DONE);
        }
        kept = "b";
        start(upstream);
        peer.connect();
        assertEquals(2, peer.peer().address().port());
        peer.free(Outcome.DONE);
    }

    @Test
    void a_wish_of_one_attempt_is_not_that_of_the_next() {
        Upstream upstream = upstream(route("a"), route("b"), route("c"));
        kept = "c";
        start(upstream);
        peer.connect();
        kept = "";
        peer.next(RetryPolicy.ERROR, Outcome.NEXT, Repeat.SAFE);
        peer.connect();
        assertEquals("a", peer.peer().sid());
        peer.free(Outcome.DONE);
    }

    @Test
    void a_draining_peer_is_for_its_own_clients_only() {
        Upstream upstream = upstream(draining(), route("b"));
        start(upstream);
        peer.connect();
        assertEquals("b", peer.peer().sid());
        peer.free(Outcome.DONE);
        kept = upstream.peers().getFirst().sid();
        start(upstream);
        peer.connect();
        assertEquals(1, peer.peer().address().port());
        peer.free(Outcome.DONE);
    }

    @Test
    void a_request_that_waits_goes_on_to_wish() {
        ServerSettings first = server(1, 1, false, false);
        Upstream upstream = Rig.sticky(new Listening(), 2, first, first);
        List<PeerConnection<String>> holders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            PeerConnection<String> holder =
                    rig.worker.peerConnection(rig.claim, "holder", rig.log().speaker());
            holder.start(upstream, Rig.OPTIONS, RETRY, rig.log());
            holder.connect();
            holders.add(holder);
        }
        List<PeerConnection<String>> waiting = new ArrayList<>();
        PeerWaiter waiter = new PeerWaiter() {
            @Override
            public void peerFree() {
                waiting.getFirst().connect();
            }

            @Override
            public void queueTimedOut() {}
        };
        PeerConnection<String> second =
                rig.worker.peerConnection(rig.claim, "second", rig.log().speaker(), null, waiter);
        waiting.add(second);
        kept = upstream.peers().get(1).sid();
        second.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        second.sticky(new Client());
        assertEquals(Attempt.QUEUED, second.connect());
        holders.forEach(PeerConnection::close);
        rig.turn();
        assertEquals(2, second.peer().address().port());
        second.close();
    }

    @Test
    void what_it_throws_is_told_and_no_hindrance() {
        Upstream upstream = upstream(route("a"), route("b"));
        int failures = 0;
        for (String where : List.of("wish", "taken", "answered", "served")) {
            breaksAt = where;
            kept = "b";
            start(upstream);
            assertTrue(peer.connect() != Attempt.BUSY, where);
            assertEquals(where.equals("wish") ? "a" : "b", peer.peer().sid(), where);
            peer.notifyPeer(PeerEvent.HEADER);
            peer.free(Outcome.KEEPALIVE);
            assertEquals(++failures, rig.failures, where);
            String log = rig.logged();
            assertTrue(log.contains("the stickiness of backend failed"), log);
            assertTrue(log.contains("broken " + where), log);
            assertEquals(0, upstream.peers().get(1).active(), where);
        }
    }

    @Test
    void without_a_client_nothing_is_sticky() {
        Upstream upstream = upstream(route("a"), route("b"));
        kept = "b";
        start(upstream);
        peer.connect();
        peer.free(Outcome.DONE);
        heard.clear();
        rig.start(upstream, RETRY);
        peer.connect();
        assertEquals("a", peer.peer().sid());
        peer.notifyPeer(PeerEvent.HEADER);
        peer.free(Outcome.KEEPALIVE);
        assertEquals(List.of(), heard);
    }

    @Test
    void what_is_noted_is_of_one_upstream_and_the_worker_says_when_it_leaves() {
        Upstream first = upstream(route("a"));
        Upstream other = new Upstream(
                "other",
                1,
                Rig.terms(Rig.KEEPALIVE),
                new UpstreamParts(
                        FirstPeer.FIRST,
                        new StaticDiscovery(Rig.set(route("a"))),
                        new PassiveHealth(),
                        new Listening()));
        for (Upstream one : List.of(first, first, other, first)) {
            start(one);
            peer.connect();
            peer.notifyPeer(PeerEvent.HEADER);
            peer.free(Outcome.DONE);
        }
        assertEquals(
                List.of(
                        "answered a text 1 null",
                        "answered a text 1 noted",
                        "answered a text 1 null",
                        "answered a text 1 null"),
                heard.stream().filter(what -> what.startsWith("answered")).toList());
        rig.worker.close();
        assertEquals(List.of("close", "close"), heard.subList(heard.size() - 2, heard.size()));
    }
}
