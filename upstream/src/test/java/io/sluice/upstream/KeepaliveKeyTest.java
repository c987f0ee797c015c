package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sluice.core.connection.Connection;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.core.connection.TransportStages;
import io.sluice.upstream.balance.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What tells two connections to one peer apart, so that an idle one is never used in the place of another. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeepaliveKeyTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;
    private final Upstream upstream = upstream(FIRST, server(), server());

    /** Made anew at each call, as two places of a configuration make theirs. */
    private static Reach reach() {
        return new Reach("https", "a.example", "ours", how().build(), TransportStages.NONE);
    }

    private static OutgoingOptions.Builder how() {
        return OutgoingOptions.DEFAULT.with().local(Rig.address(0)).sendBuffer(10_000);
    }

    private static TransportStages stage(boolean perClient) {
        return new TransportStages(List.of(new TransportStages.Use("stage", new Setting(1), perClient)));
    }

    private record Setting(int number) {}

    private Attempt attempt(Reach reach) {
        peer.start(upstream, new ConnectOptions(1_000, reach), RETRY, rig.log());
        return peer.connect();
    }

    @Test
    void one_that_differs_in_anything_is_not_taken() {
        attempt(reach());
        Connection c = peer.connection();
        peer.free(Outcome.KEEPALIVE);
        Reach same = reach();
        List<Reach> others = List.of(
                new Reach("http", "a.example", "ours", same.how(), TransportStages.NONE),
                new Reach("https", "b.example", "ours", same.how(), TransportStages.NONE),
                new Reach("https", null, "ours", same.how(), TransportStages.NONE),
                new Reach("https", "a.example", "theirs", same.how(), TransportStages.NONE),
                new Reach("https", "a.example", null, same.how(), TransportStages.NONE),
                same.with(how().local(Rig.address(7)).build()),
                same.with(how().local(null).build()),
                same.with(how().local(null).localPorts(1, 2).build()),
                same.with(how().sendBuffer(0).build()),
                same.with(how().receiveBuffer(10_000).build()),
                same.with(how().transparent(true).build()),
                same.with(how().type(SocketType.DATAGRAM).build()));
        for (Reach other : others) {
            assertEquals(Attempt.CONNECTING, attempt(other), other.toString());
            peer.free(Outcome.DONE);
        }
        assertEquals(Attempt.CACHED, attempt(same));
        assertSame(c, peer.connection());
    }

    @Test
    void one_of_another_peer_is_not_taken() {
        attempt(reach());
        peer.free(Outcome.KEEPALIVE);
        upstream.replace(ReplaceTest.ports(2, 1));
        assertEquals(Attempt.CONNECTING, attempt(reach()));
        peer.free(Outcome.DONE);
        upstream.replace(ReplaceTest.ports(1, 2));
        assertEquals(Attempt.CACHED, attempt(reach()));
    }

    @Test
    void places_that_say_the_same_share_their_connections() {
        attempt(reach());
        peer.free(Outcome.KEEPALIVE);
        peer.start(upstream, new ConnectOptions(9_000, reach()), RETRY, rig.log());
        assertEquals(Attempt.CACHED, peer.connect(), "how long a connect may take is nothing of the connection");
    }

    @Test
    void one_that_names_its_client_to_the_peer_is_kept_for_nobody() {
        Reach plain = reach();
        Reach named = new Reach("https", "a.example", "ours", plain.how(), stage(true));
        PeerLink<String> link = new PeerLink<>(rig.worker, rig.claim, "session", null);
        LocalUpstream local = rig.worker.local(upstream);
        Connection c = attempt(plain) == Attempt.CONNECTING ? peer.connection() : null;
        link.begin(local);
        link.letGo(c, upstream.peers().getFirst(), named, Outcome.KEEPALIVE);
        assertFalse(c.isOpen());
        assertEquals(0, rig.worker.idle(upstream));
    }
}
