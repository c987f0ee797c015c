package io.sluice.balance.random;

import io.sluice.balance.leasttime.Measure;

/**
 * @param two whether two peers are drawn, and which of them is taken
 * @param measure for {@link Two#LEAST_TIME}: until when the time of an attempt is taken
 * @param inflight for {@link Two#LEAST_TIME}: whether attempts count while they are under way
 */
record RandomSettings(Two two, Measure measure, boolean inflight) {}
