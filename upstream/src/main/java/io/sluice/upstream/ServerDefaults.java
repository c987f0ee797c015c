package io.sluice.upstream;

import java.time.Duration;

/** What reference.conf says of a server, for one that is not configured. */
record ServerDefaults(int weight, int maxConns, int maxFails, Duration failTimeout) {
    ServerSettings server(String address) {
        return new ServerSettings(address, weight, maxConns, maxFails, failTimeout, false, false);
    }
}
