package io.sluice.event.spi;

import io.sluice.core.buffer.NativeAccess;

/**
 * What a driver is opened with.
 *
 * @param memory the way to the bytes of the worker's Bufs
 * @param resultsPerPoll how many sockets one poll reports at most
 */
public record DriverSetup(NativeAccess memory, int resultsPerPoll) {}
