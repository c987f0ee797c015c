package io.sluice.upstream;

import io.sluice.core.config.Range;
import java.time.Duration;

/**
 * The group {@code keepalive} of an upstream.
 *
 * @param connections idle ones kept by each worker at most; 0 keeps none
 * @param timeout how long one may be idle
 * @param requests a connection that served so many is not kept
 * @param time a connection older than this is not kept
 */
record KeepaliveSettings(
        @Range(min = 0, max = 4_000_000) int connections,
        @Range(min = 1) Duration timeout,
        @Range(min = 1) int requests,
        @Range(min = 1) Duration time) {
    /** The same with no connection kept. */
    KeepaliveSettings ofNone() {
        return new KeepaliveSettings(0, timeout, requests, time);
    }
}
