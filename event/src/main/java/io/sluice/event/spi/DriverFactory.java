package io.sluice.event.spi;

import io.sluice.core.connection.Listening;
import io.sluice.core.connection.OutgoingOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to wait for many sockets. Found by ServiceLoader; {@code events.driver} names one.
 *
 * <p><b>Thread:</b> the one that starts the server.
 */
public interface DriverFactory {
    /** The name in the configuration. */
    String name();

    /** The higher, the sooner {@code auto} takes it. */
    int preference();

    /** Why it cannot be used on this machine, or null if it can. Must be cheap and open nothing that stays. */
    @Nullable
    String unavailable();

    Set<Capability> capabilities();

    /**
     * Why the system would not let this process make such a transparent connection, whoever it goes to; null if it would. Opens nothing
     * that stays.
     */
    default @Nullable String refusal(OutgoingOptions how) {
        return null;
    }

    /**
     * Opens a listening socket, not yet watched by any worker.
     *
     * @throws ListenException with the system's reason
     */
    ListenSocket listen(Listening listening) throws ListenException;

    /**
     * Opens a driver for one worker.
     *
     * @throws DriverException with the system's reason
     */
    Driver open(DriverSetup setup);
}
