package io.sluice.testkit.server;

import io.sluice.core.connection.Address;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogSink;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.time.Clock;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.SystemClock;
import io.sluice.event.Drivers;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.StartException;
import io.sluice.event.Worker;
import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.time.HandClock;
import io.sluice.testkit.wire.Await;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A whole server of some plugins and a configuration, on real sockets and free ports ({@code listen = ["127.0.0.1:0"]}). When it is
 * closed it must have nothing left: no slot, no buffer, no lease.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class TestServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int QUEUE = 4096;

    private final Server server;
    private final LogMemory log;
    private final LogWriter logs;
    private final @Nullable HandClock hand;
    private boolean closed;

    private TestServer(Server server, LogMemory log, LogWriter logs, @Nullable HandClock hand) {
        this.server = server;
        this.log = log;
        this.logs = logs;
        this.hand = hand;
    }

    /** Begins to describe a server of some plugins. */
    public static Builder of(Plugin... plugins) {
        return new Builder(List.of(plugins));
    }

    /** What a server is started with. */
    public static final class Builder {
        private final List<Plugin> plugins;
        private String driver = "auto";
        private @Nullable HandClock hand;
        private @Nullable Executor loads;
        private Path prefix = Path.of("target");
        private LogSink.@Nullable Opener files;

        private Builder(List<Plugin> plugins) {
            this.plugins = plugins;
        }

        /** {@code epoll}, {@code nio} or {@code auto}. */
        public Builder driver(String name) {
            driver = name;
            return this;
        }

        /** Time stands still until the test moves it by {@link TestServer#advance}. */
        public Builder handClock() {
            hand = new HandClock();
            return this;
        }

        public Builder prefix(Path folder) {
            prefix = folder;
            return this;
        }

        /** Log files are what this opens, not files. */
        public Builder logFiles(LogSink.Opener opener) {
            files = opener;
            return this;
        }

        /** In the place of the threads that load files: holds them back, or runs them in an order of its own. */
        public Builder loads(Executor executor) {
            loads = executor;
            return this;
        }

        /** Loads the configuration only; throws what is wrong with it. */
        public Cycle load(String configuration) {
            return new Assembly(plugins, prefix).load(configuration);
        }

        /** Starts it. One worker unless the configuration says otherwise. */
        public TestServer start(String configuration) {
            Cycle cycle = new Assembly(plugins, prefix).loadToStart(configuration);
            Clock clock = hand == null ? new SystemClock() : hand;
            LogOrigin origin = LogOrigin.ofProcess(ProcessHandle.current().pid(), clock, ZoneOffset.UTC);
            LogWriter logs = files == null
                    ? new LogWriter(new SystemClock(), origin, QUEUE)
                    : new LogWriter(new SystemClock(), origin, QUEUE, files);
            LogMemory memory = new LogMemory();
            ErrorLog log = ErrorLog.of(origin, LogLevel.INFO, logs.attach(memory));
            logs.start((_, failure) -> failure.printStackTrace());
            try {
                ServerOptions options = new ServerOptions(
                        Drivers.choose(driver),
                        clock,
                        new SeededRandomness(42),
                        ZoneOffset.UTC,
                        ProcessHandle.current().pid(),
                        logs,
                        log,
                        loads);
                return new TestServer(Server.start(cycle, options), memory, logs, hand);
            } catch (StartException failure) {
                logs.close(PATIENCE);
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        }
    }

    public Server server() {
        return server;
    }

    public LogMemory log() {
        return log;
    }

    /** Writes its logs; for reopening them. */
    public LogWriter logs() {
        return logs;
    }

    /** Where the n-th listening of the configuration is. */
    public SocketAddress address(int listening) {
        Address address = server.addresses().get(listening);
        return switch (address.family()) {
            case INET, INET6 -> new InetSocketAddress(address.host(), address.port());
            case UNIX -> UnixDomainSocketAddress.of(new String(address.bytes(), StandardCharsets.UTF_8));
        };
    }

    /** The port of the first listening. */
    public int port() {
        return port(0);
    }

    public int port(int listening) {
        return server.addresses().get(listening).port();
    }

    /** A client of the first listening. */
    public RawClient client() {
        return RawClient.connect(address(0));
    }

    /** Moves a hand-set clock on and lets every worker notice. */
    public void advance(Duration by) {
        turn();
        moveClock(by);
        // The first turn sees the new time, the second runs what timers have posted.
        turn();
        turn();
    }

    /** As {@link #advance}, to a time at which the server may end: nobody waits for its workers. */
    public void advanceToTheEnd(Duration by) {
        turn();
        moveClock(by);
        server.workers().forEach(worker -> worker.execute(() -> {}));
    }

    private void moveClock(Duration by) {
        HandClock clock = hand;
        if (clock == null) {
            throw new IllegalStateException("the server was not started with a hand-set clock");
        }
        clock.advance(by);
    }

    /** Waits until every worker has gone through a whole turn that began after this call. */
    public void turn() {
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(server.workers().size());
            for (Worker worker : server.workers()) {
                worker.execute(done::countDown);
            }
            try {
                if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("a worker does not turn any more");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** The sum of a counter over the workers, as of some turn that began after this call. */
    public long sum(ToLongFunction<WorkerStatus> counter) {
        turn();
        return server.workers().stream()
                .mapToLong(worker -> counter.applyAsLong(worker.status()))
                .sum();
    }

    /** The counters of all workers, as of some turn that began after this call. */
    public Counters counters() {
        turn();
        return Counters.of(server);
    }

    /** Slots taken by connections; listening sockets do not count. */
    public long openConnections() {
        turn();
        return server.workers().stream()
                .mapToLong(worker -> worker.status().open())
                .sum();
    }

    /** Waits until so many connections are open. */
    public void awaitOpen(long connections) {
        Await.until(connections + " open connections", PATIENCE, () -> openConnections() == connections);
    }

    /** Fails if anything is held that only a running request may hold. To be called when no request runs. */
    public void assertNothingHeld() {
        Await.until("no request is left", PATIENCE, () -> sum(WorkerStatus::requests) == 0);
        Await.until("no memory is reserved", PATIENCE, () -> sum(WorkerStatus::reservedBytes) == 0);
        Await.until("no buffer is left", PATIENCE, () -> sum(WorkerStatus::slabBytesInUse) == 0);
    }

    /** Ends the server, and fails if a slot, a buffer or a lease is missing then. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close();
        logs.close(PATIENCE);
        Remains.assertNone(server);
    }
}
