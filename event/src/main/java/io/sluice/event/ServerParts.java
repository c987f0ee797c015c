package io.sluice.event;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.Clock;
import io.sluice.core.time.Randomness;
import io.sluice.event.load.LoadThreads;
import io.sluice.event.spi.DriverFactory;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the workers of one server share, and what a test may put in the place of the system's own.
 *
 * @param log spoken to by the process; each worker speaks for itself
 * @param connectionNumbers counts connections over all workers
 */
record ServerParts(
        DriverFactory drivers,
        Clock clock,
        Randomness random,
        ZoneId zone,
        long processId,
        LogWriter logs,
        ErrorLog log,
        Path prefix,
        AtomicLong connectionNumbers,
        LoadThreads loads) {}
