package io.sluice.balance.leasttime;

/**
 * @param measure until when the time of an attempt is taken
 * @param inflight whether attempts count while they are under way
 */
record LeastTimeSettings(Measure measure, boolean inflight) {}
