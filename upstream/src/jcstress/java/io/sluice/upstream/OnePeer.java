package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A group whose one peer has failed and rests. */
final class OnePeer {
    private static final Address ADDRESS = Address.inet(new byte[] {127, 0, 0, 1}, 80);
    private static final long FAILED = 1_000;

    /** The peer may not be tried. */
    static final long RESTING = 11_000;

    /** It may again. */
    static final long RESTED = 11_001;

    final PeerGroup group;

    /** @param most requests that it serves at once; 0 for any number */
    OnePeer(int most) {
        PeerTerms terms = new PeerTerms(1, most, 1, RESTING - FAILED, 0, Standing.UP, false, null);
        Peer peer = new Peer(new PeerSpec(ADDRESS, "server", terms), new PeerState());
        group = new PeerGroup(List.of(peer), false, new AtomicLong(), _ -> _ -> Choice.BUSY);
        group.take(0, FAILED);
        group.free(0, Outcome.FAILED, FAILED);
    }
}
