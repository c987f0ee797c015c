package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.TransportStages;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** TLS sessions of peers, offered and kept, with a provider that only pretends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TlsSessionTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    /** What a provider keeps of a handshake. */
    private record Ticket(String of, int number) {}

    /** Shakes hands on a new connection: offers what is kept, keeps what it gets. */
    private final class FakeTls {
        final List<String> handshakes = new ArrayList<>();
        private int tickets;

        void shake(PeerConnection<String> with, String name) {
            @Nullable Object offered = with.session();
            handshakes.add(with.peer().address().port() + (offered instanceof Ticket t ? " resumes " + t : " anew"));
            with.saveSession(new Ticket(name, ++tickets));
        }
    }

    private final Rig rig = new Rig();
    private final FakeTls tls = new FakeTls();

    private static ConnectOptions to(String name) {
        return new ConnectOptions(1_000, new Reach("https", name, null, OutgoingOptions.DEFAULT, TransportStages.NONE));
    }

    private void request(Upstream upstream, String name, Outcome outcome) {
        rig.peer.start(upstream, to(name), RETRY, rig.log());
        if (rig.peer.connect() == Attempt.CONNECTING) {
            tls.shake(rig.peer, name);
        }
        rig.peer.free(outcome);
    }

    @Test
    void a_session_is_offered_to_the_peer_it_is_of() {
        Upstream upstream = upstream(FIRST, server(), server());
        request(upstream, "a.example", Outcome.DONE);
        request(upstream, "a.example", Outcome.DONE);
        rig.peer.start(upstream, to("a.example"), RETRY, rig.log());
        rig.peer.connect();
        rig.peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE);
        rig.peer.connect();
        tls.shake(rig.peer, "a.example");
        rig.peer.free(Outcome.DONE);
        assertEquals(List.of("1 anew", "1 resumes Ticket[of=a.example, number=1]", "2 anew"), tls.handshakes);
    }

    @Test
    void a_session_of_one_name_is_never_offered_for_another() {
        Upstream upstream = upstream(FIRST, server(), server());
        request(upstream, "a.example", Outcome.DONE);
        request(upstream, "b.example", Outcome.DONE);
        request(upstream, "a.example", Outcome.DONE);
        assertEquals(List.of("1 anew", "1 anew", "1 resumes Ticket[of=a.example, number=1]"), tls.handshakes);
    }

    @Test
    void an_idle_connection_has_no_session_to_tell() {
        Upstream upstream = upstream(FIRST, server(), server());
        request(upstream, "a.example", Outcome.KEEPALIVE);
        rig.peer.start(upstream, to("a.example"), RETRY, rig.log());
        assertEquals(Attempt.CACHED, rig.peer.connect());
        rig.peer.saveSession(new Ticket("not kept", 9));
        rig.peer.free(Outcome.DONE);
        request(upstream, "a.example", Outcome.DONE);
        assertEquals(List.of("1 anew", "1 resumes Ticket[of=a.example, number=1]"), tls.handshakes);
    }

    @Test
    void sessions_stay_with_peers_that_stay_and_go_with_those_that_go() {
        Upstream upstream = upstream(FIRST, server(), server());
        request(upstream, "a.example", Outcome.DONE);
        upstream.replace(ReplaceTest.ports(1, 3));
        request(upstream, "a.example", Outcome.DONE);
        upstream.replace(ReplaceTest.ports(3));
        upstream.replace(ReplaceTest.ports(1));
        request(upstream, "a.example", Outcome.DONE);
        assertEquals(List.of("1 anew", "1 resumes Ticket[of=a.example, number=1]", "1 anew"), tls.handshakes);
    }

    @Test
    void a_peer_has_so_many_sessions_and_not_one_for_each_local_address() {
        Upstream upstream = upstream(FIRST, server());
        for (int i = 0; i < 3 * PeerState.MOST_SESSIONS; i++) {
            request(upstream, i + ".example", Outcome.DONE);
        }
        tls.handshakes.clear();
        for (int i = 0; i < 3 * PeerState.MOST_SESSIONS; i++) {
            rig.peer.start(upstream, to(i + ".example"), RETRY, rig.log());
            rig.peer.connect();
            if (rig.peer.session() != null) {
                tls.handshakes.add(i + " resumes");
            }
            rig.peer.free(Outcome.DONE);
        }
        assertTrue(tls.handshakes.size() <= PeerState.MOST_SESSIONS, tls.handshakes.size() + " are kept");
        assertEquals(3 * PeerState.MOST_SESSIONS - 1 + " resumes", tls.handshakes.getLast(), "the last one is kept");
    }

    @Test
    void one_without_a_reach_keeps_none() {
        Upstream upstream = upstream(FIRST, server());
        Selection request = new Selection(rig.random());
        request.start(upstream);
        request.get(1);
        request.keepSession("lost");
        assertNull(request.keptSession());
        request.free(Outcome.DONE, 1);
    }
}
