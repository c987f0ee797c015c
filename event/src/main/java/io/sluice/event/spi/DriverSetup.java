package io.sluice.event.spi;

import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.time.CachedTime;

/**
 * What a driver is opened with.
 *
 * @param memory the way to the bytes of the worker's Bufs
 * @param resultsPerPoll how many sockets one poll reports at most
 * @param time the worker's, which the moments that end a poll are told by
 */
public record DriverSetup(NativeAccess memory, int resultsPerPoll, CachedTime time) {}
