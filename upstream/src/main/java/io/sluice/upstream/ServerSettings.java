package io.sluice.upstream;

import io.sluice.core.config.Here;
import io.sluice.core.config.Range;
import io.sluice.core.config.Section;
import io.sluice.core.config.Shorthand;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.time.Duration;
import java.util.Optional;

/**
 * One element of {@code servers}.
 *
 * @param address {@code host:port}, {@code [::1]:port} or {@code unix:path}
 * @param maxConns attempts at once, over all workers; 0 for any number
 * @param maxFails failures that make it rest; 0 for never
 * @param failTimeout how long it rests
 * @param slowStart how long its weight takes to grow when it comes back
 * @param drain whether it serves those only who want just this one
 * @param route what those call it
 * @param here for messages; of one that is not configured, any section
 */
record ServerSettings(
        @Shorthand String address,
        @Range(min = 1, max = 1_000_000) int weight,
        @Range(min = 0) int maxConns,
        @Range(min = 0) int maxFails,
        @Range(min = 0) Duration failTimeout,
        @Range(min = 0) Duration slowStart,
        boolean backup,
        boolean down,
        boolean drain,
        Optional<String> route,
        @Here Section here) {
    /** As nginx has it. */
    private static final int LONGEST_ROUTE = 32;

    ServerSettings {
        if (down && drain) {
            throw new IllegalArgumentException("drain cannot be on for a server that is down");
        }
        if (route.isPresent() && (route.get().isEmpty() || route.get().length() > LONGEST_ROUTE)) {
            throw new IllegalArgumentException("route must have 1 to " + LONGEST_ROUTE + " characters");
        }
        if (route.isPresent() && !isPlain(route.get())) {
            throw new IllegalArgumentException("route must be of visible characters of ASCII without \" , ; \\");
        }
    }

    /** Clients keep it in cookies (RFC 6265, 4.1.1: cookie-octet). */
    private static boolean isPlain(String route) {
        for (int i = 0; i < route.length(); i++) {
            char c = route.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    PeerTerms terms() {
        return new PeerTerms(
                weight,
                maxConns,
                maxFails,
                failTimeout.toMillis(),
                slowStart.toMillis(),
                down ? Standing.DOWN : drain ? Standing.DRAINING : Standing.UP,
                backup,
                route.orElse(null));
    }
}
