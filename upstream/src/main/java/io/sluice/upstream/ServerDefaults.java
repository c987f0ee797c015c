package io.sluice.upstream;

import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.time.Duration;

/** What reference.conf says of a server, for one that is not configured. */
record ServerDefaults(int weight, int maxConns, int maxFails, Duration failTimeout, Duration slowStart) {
    PeerTerms terms() {
        return new PeerTerms(
                weight, maxConns, maxFails, failTimeout.toMillis(), slowStart.toMillis(), Standing.UP, false, null);
    }
}
