package io.sluice.testkit.driver;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.AcceptSource;
import org.jspecify.annotations.Nullable;

/** One worker's way into a {@link ScriptedListening}: reported again and again while somebody waits. */
final class ScriptedAcceptSource implements AcceptSource {
    private final ScriptedDriver driver;
    private final ScriptedListening listening;
    final long token;
    private boolean paused;
    private IoFault fault = IoFault.NONE;

    ScriptedAcceptSource(ScriptedDriver driver, ScriptedListening listening, long token) {
        this.driver = driver;
        this.listening = listening;
        this.token = token;
    }

    boolean isReady() {
        return !paused && !listening.waiting.isEmpty();
    }

    @Override
    public @Nullable Endpoint accept() {
        fault = driver.acceptFault();
        ScriptedConnection next = fault == IoFault.NONE ? listening.waiting.poll() : null;
        return next == null ? null : next.accepted(driver);
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public boolean resume() {
        paused = driver.refusesToWatch();
        return !paused;
    }

    @Override
    public boolean isWatched() {
        return !paused;
    }

    @Override
    public void close() {
        driver.forget(this);
    }
}
