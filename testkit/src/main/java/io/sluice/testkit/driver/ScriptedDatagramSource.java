package io.sluice.testkit.driver;

import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Address;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SharedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A worker's way into a {@link ScriptedDatagramListening}: reported again and again while something waits. */
final class ScriptedDatagramSource implements DatagramSource {
    private final ScriptedDriver driver;
    private final ScriptedDatagramListening listening;
    final long token;
    private final int most;
    private final long seed;
    private final List<ScriptedDatagrams.Sent> batch = new ArrayList<>();
    private IoFault fault = IoFault.NONE;
    private boolean paused;
    private boolean closed;
    private long unsent;

    ScriptedDatagramSource(
            ScriptedDriver driver, ScriptedDatagramListening listening, long token, int most, long seed) {
        this.driver = driver;
        this.listening = listening;
        this.token = token;
        this.most = most;
        this.seed = seed;
        listening.hold();
    }

    boolean isReady() {
        return !paused && (!listening.waiting.isEmpty() || driver.receiveFault() != IoFault.NONE);
    }

    @Override
    public int receive() {
        if (closed) {
            throw new IllegalStateException("the source is closed");
        }
        batch.clear();
        fault = driver.receiveFault();
        while (fault == IoFault.NONE && batch.size() < most && !listening.waiting.isEmpty()) {
            batch.add(listening.waiting.removeFirst());
        }
        return batch.size();
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public boolean isTruncated(int datagram) {
        return batch.get(datagram).truncated();
    }

    @Override
    public boolean isNameless(int datagram) {
        return batch.get(datagram).by().address() == null;
    }

    @Override
    public int hash(int datagram) {
        Address client = batch.get(datagram).by().address();
        return Long.hashCode((client == null ? 0 : client.hashCode()) * 0x9E3779B97F4A7C15L ^ seed);
    }

    @Override
    public boolean isOf(int datagram, SharedEndpoint session) {
        ScriptedDatagrams.Sent sent = batch.get(datagram);
        ScriptedSession own = (ScriptedSession) session;
        return Objects.equals(own.client.address(), sent.by().address())
                && (!listening.address().isWildcard() || own.local.equals(sent.to()));
    }

    @Override
    public SharedEndpoint open(int datagram, SharedEndpoint.Departure whenLeft) {
        ScriptedDatagrams.Sent sent = batch.get(datagram);
        return new ScriptedSession(this, sent.by(), sent.to(), whenLeft);
    }

    @Override
    public void deliver(int datagram, SharedEndpoint session) {
        ((ScriptedSession) session).current = batch.get(datagram).bytes();
    }

    @Override
    public void withdraw(SharedEndpoint session) {
        ((ScriptedSession) session).current = null;
    }

    @Override
    public long unsent() {
        return unsent;
    }

    void countUnsent() {
        unsent++;
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
    public void close() {
        closed = true;
        listening.release();
        driver.forget(this);
    }

    NativeAccess memory() {
        return driver.memory();
    }

    ScriptedDatagramListening listening() {
        return listening;
    }
}
