package io.sluice.upstream;

import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BalancingTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;

    @Test
    void a_balancer_that_declines_is_not_asked_for_ever() {
        Upstream upstream = upstream(peers -> request -> Choice.DECLINED, server(), server());
        rig.start(upstream, RETRY);
        int asked = 0;
        boolean again = true;
        while (again) {
            assertEquals(Attempt.DECLINED, peer.connect());
            asked++;
            again = peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT);
        }
        assertEquals(2, asked);
    }

    @Test
    void a_balancer_that_throws_is_told_in_the_log_and_reads_as_busy() {
        Upstream upstream = upstream(
                peers -> request -> {
                    request.take(0);
                    throw new IllegalStateException("broken arithmetic");
                },
                server(),
                server());
        rig.start(upstream, RETRY);
        assertEquals(Attempt.BUSY, peer.connect());
        assertFalse(peer.isHeld());
        assertEquals(0, upstream.peers().getFirst().active());
        String log = rig.logged();
        assertTrue(log.contains("[error] 1#1: the balancer of backend failed"), log);
        assertTrue(log.contains("broken arithmetic"), log);
        assertEquals(1, rig.failures);
    }

    @Test
    void a_balancer_that_lies_is_found_out() {
        rig.start(upstream(peers -> request -> Choice.PEER, server(), server()), RETRY);
        assertEquals(Attempt.BUSY, peer.connect());
        Upstream upstream =
                upstream(peers -> request -> request.take(1) ? Choice.BUSY : Choice.PEER, server(), server());
        rig.start(upstream, RETRY);
        assertEquals(Attempt.BUSY, peer.connect());
        assertEquals(0, upstream.peers().get(1).active());
        String log = rig.logged();
        assertTrue(log.contains("answered PEER but took none"), log);
        assertTrue(log.contains("answered BUSY but took one"), log);
    }

    @Test
    void a_balancer_that_throws_when_freed_does_not_keep_the_peer() {
        Upstream upstream = upstream(new Told(new ArrayList<>(), true), server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        peer.free(Outcome.KEEPALIVE);
        assertEquals(0, upstream.peers().getFirst().active());
        assertFalse(peer.isHeld());
        assertEquals(1, rig.worker.idle(upstream));
        assertTrue(rig.logged().contains("the balancer of backend failed"));
        assertEquals(1, rig.failures);
    }

    @Test
    void a_balancer_hears_all_of_the_contract() {
        List<String> heard = new ArrayList<>();
        Upstream upstream = upstream(new Told(heard, false), server(), server());
        rig.start(upstream, RETRY);
        peer.key().putAscii("me");
        peer.hint("s1");
        peer.connect();
        assertEquals("session of 0", peer.session());
        peer.saveSession("resumed");
        peer.notifyPeer(PeerEvent.FIRST_BYTE);
        peer.notifyPeer(PeerEvent.HEADER);
        peer.free(Outcome.KEEPALIVE);
        rig.start(upstream, RETRY);
        peer.connect();
        peer.saveSession("not told: the connection was idle");
        peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE);
        assertEquals(
                List.of(
                        "get 2 me",
                        "save resumed 0",
                        "FIRST_BYTE 0",
                        "HEADER 0",
                        "free KEEPALIVE 0",
                        "get 0 ",
                        "free FAILED 0"),
                heard);
    }

    /** Takes the first and writes down what it is told. */
    private record Told(List<String> heard, boolean breaks) implements Balancer.Factory {
        @Override
        public Balancer create(Peers peers) {
            return new Balancer() {
                @Override
                public Choice get(PeerRequest request) {
                    heard.add("get " + request.keyLength() + " "
                            + new String(request.keyBytes(), 0, request.keyLength(), StandardCharsets.US_ASCII));
                    request.take(0);
                    return Choice.PEER;
                }

                @Override
                public void free(PeerRequest request, Outcome outcome) {
                    if (breaks) {
                        throw new IllegalStateException("broken free");
                    }
                    heard.add("free " + outcome + " " + request.taken());
                }

                @Override
                public void notify(PeerRequest request, PeerEvent event) {
                    heard.add(event + " " + request.taken());
                }

                @Override
                public Object session(PeerRequest request) {
                    return "session of " + request.taken();
                }

                @Override
                public void saveSession(PeerRequest request, Object session) {
                    heard.add("save " + session + " " + request.taken());
                }
            };
        }
    }
}
