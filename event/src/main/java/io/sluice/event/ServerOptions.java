package io.sluice.event;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.Clock;
import io.sluice.core.time.Randomness;
import io.sluice.event.spi.DriverFactory;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with beside its cycle.
 *
 * @param driver in the place of the configured one, or null: how a test forces one
 * @param logs stays the caller's
 * @param log spoken to by the process
 * @param loads in the place of the threads that load files, or null: how a test holds them back
 */
public record ServerOptions(
        @Nullable DriverFactory driver,
        Clock clock,
        Randomness random,
        ZoneId zone,
        long processId,
        LogWriter logs,
        ErrorLog log,
        @Nullable Executor loads) {
    /** Loads files on threads of its own. */
    public ServerOptions(
            @Nullable DriverFactory driver,
            Clock clock,
            Randomness random,
            ZoneId zone,
            long processId,
            LogWriter logs,
            ErrorLog log) {
        this(driver, clock, random, zone, processId, logs, log, null);
    }
}
