package io.sluice.upstream;

import io.sluice.core.config.Here;
import io.sluice.core.config.Section;
import java.time.Duration;

/** What reference.conf says of a server, for one that is not configured. */
record ServerDefaults(
        int weight,
        int maxConns,
        int maxFails,
        Duration failTimeout,
        @Here Section here) {
    ServerSettings server(String address) {
        return new ServerSettings(address, weight, maxConns, maxFails, failTimeout, false, false, here);
    }
}
