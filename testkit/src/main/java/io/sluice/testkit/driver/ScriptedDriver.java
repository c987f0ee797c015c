package io.sluice.testkit.driver;

import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.core.file.FileOpener;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenSocket;
import io.sluice.event.spi.Readiness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's driver without sockets: what happens is what the test has done to its {@link ScriptedConnection}s. A poll never waits.
 *
 * <p><b>Thread:</b> the test's, but for {@link #wakeup}.
 */
public final class ScriptedDriver implements Driver {
    /** A result that a test has made up. */
    private record Report(long token, int readiness) {}

    private final ScriptedDriverFactory factory;
    private final NativeAccess memory;
    private final ScriptedFiles files = new ScriptedFiles();
    private final long[] tokens;
    private final int[] readiness;
    private final List<ScriptedAcceptSource> sources = new ArrayList<>();
    private final List<ScriptedDatagramSource> datagramSources = new ArrayList<>();
    private final List<Told> attached = new ArrayList<>();
    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private int count;
    private long waitNanos;
    private IoFault fault = IoFault.NONE;
    private volatile boolean woken;
    private boolean closed;

    ScriptedDriver(ScriptedDriverFactory factory, DriverSetup setup) {
        this.factory = factory;
        this.memory = setup.memory();
        this.tokens = new long[setup.resultsPerPoll()];
        this.readiness = new int[setup.resultsPerPoll()];
    }

    /** Makes the next poll report this, whoever the token belongs to: what a real driver does for a socket that was closed since it looked. */
    public void report(long token, int bits) {
        reports.add(new Report(token, bits));
    }

    /** How long the last poll that found nothing was allowed to wait: 0 if the worker had work to do, negative if for ever. */
    public long waitNanos() {
        return waitNanos;
    }

    /** Whether the last poll found nothing and would have waited. */
    boolean rests() {
        return count == 0 && waitNanos != 0 && !woken;
    }

    boolean isClosed() {
        return closed;
    }

    // ---- as the worker sees it

    @Override
    public int poll(long nanos) {
        woken = false;
        count = 0;
        waitNanos = nanos;
        while (!reports.isEmpty() && count < tokens.length) {
            Report report = reports.removeFirst();
            found(report.token(), report.readiness());
        }
        for (ScriptedAcceptSource source : sources) {
            if (source.isReady() && count < tokens.length) {
                found(source.token, Readiness.READ);
            }
        }
        for (ScriptedDatagramSource source : datagramSources) {
            if (source.isReady() && count < tokens.length) {
                found(source.token, Readiness.READ);
            }
        }
        for (int i = 0; i < attached.size() && count < tokens.length; i++) {
            Told endpoint = attached.get(i);
            int bits = endpoint.tell();
            if (bits != 0) {
                found(endpoint.token(), bits);
            }
        }
        return count;
    }

    private void found(long token, int bits) {
        tokens[count] = token;
        readiness[count] = bits;
        count++;
    }

    @Override
    public long token(int result) {
        return tokens[result];
    }

    @Override
    public int readiness(int result) {
        return readiness[result];
    }

    @Override
    public void wakeup() {
        woken = true;
    }

    @Override
    public AcceptSource watch(ListenSocket socket, long token) {
        if (!(socket instanceof ScriptedListening listening)) {
            throw new IllegalArgumentException("a listening socket that another kind of driver opened");
        }
        ScriptedAcceptSource source = new ScriptedAcceptSource(this, listening, token);
        sources.add(source);
        return source;
    }

    @Override
    public DatagramSource datagrams(ListenSocket socket, long token, int most, long seed) {
        if (!(socket instanceof ScriptedDatagramListening listening)) {
            throw new IllegalArgumentException("a listening socket that another kind of driver opened");
        }
        ScriptedDatagramSource source = new ScriptedDatagramSource(this, listening, token, most, seed);
        datagramSources.add(source);
        return source;
    }

    void forget(ScriptedDatagramSource source) {
        datagramSources.remove(source);
    }

    void forget(ScriptedAcceptSource source) {
        sources.remove(source);
    }

    @Override
    public @Nullable Endpoint connect(Address to, OutgoingOptions how, long token) {
        fault = factory.connectFault(to);
        if (fault != IoFault.NONE) {
            return null;
        }
        Endpoint endpoint = how.type() == SocketType.DATAGRAM
                ? factory.dialledDatagrams(this, to, how.local())
                : factory.dialled(this, to, how.local());
        endpoint.attach(token, true);
        return endpoint;
    }

    @Override
    public void adopt(Endpoint endpoint) {
        if (!(endpoint instanceof ScriptedSocket own)) {
            throw new IllegalArgumentException("a socket that another kind of driver made");
        }
        own.adoptedBy(this);
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public FileOpener files() {
        return files;
    }

    @Override
    public void close() {
        closed = true;
    }

    // ---- as its sockets see it

    void attach(Told endpoint) {
        attached.add(endpoint);
    }

    void detach(Told endpoint) {
        attached.remove(endpoint);
    }

    NativeAccess memory() {
        return memory;
    }

    boolean tellsPeerClose() {
        return factory.tellsPeerClose();
    }

    boolean refusesToWatch() {
        return factory.refusesToWatch();
    }

    IoFault receiveFault() {
        return factory.receiveFault();
    }

    IoFault acceptFault() {
        return factory.descriptorFault();
    }
}
