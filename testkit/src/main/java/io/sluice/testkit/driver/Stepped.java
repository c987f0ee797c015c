package io.sluice.testkit.driver;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.time.SeededRandomness;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.StartException;
import io.sluice.event.Worker;
import io.sluice.event.spi.Capability;
import io.sluice.testkit.server.Assembly;
import io.sluice.testkit.server.Counters;
import io.sluice.testkit.server.LogMemory;
import io.sluice.testkit.server.Remains;
import io.sluice.testkit.time.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * A whole server in the test's own thread: no socket, no thread, no sleep. Time stands still but for {@link #advance}. When it is closed
 * it must have nothing left: no slot, no buffer, no lease, no socket.
 *
 * <pre>{@code
 * try (Stepped server = Stepped.of(new EchoPlugin()).start("echo.listen = 7")) {
 *     ScriptedConnection client = server.connect().receives("hello");
 *     server.settle();
 *     assertEquals("hello", client.sent());
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> the test's.
 */
public final class Stepped implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final int MOST_TURNS = 100_000;
    private static final long PROCESS_ID = 1;

    private final Server server;
    private final ScriptedDriverFactory drivers;
    private final HandClock clock;
    private final LogWriter logs;
    private final LogMemory lines;
    private boolean closed;

    private Stepped(Server server, ScriptedDriverFactory drivers, HandClock clock, LogWriter logs, LogMemory lines) {
        this.server = server;
        this.drivers = drivers;
        this.clock = clock;
        this.logs = logs;
        this.lines = lines;
    }

    /** Begins to describe a server of some plugins. */
    public static Builder of(Plugin... plugins) {
        return new Builder(List.of(plugins));
    }

    /** What a server is started with. */
    public static final class Builder {
        private final List<Plugin> plugins;
        private Path prefix = Path.of("target");
        private ScriptedDriverFactory drivers = new ScriptedDriverFactory();

        private Builder(List<Plugin> plugins) {
            this.plugins = plugins;
        }

        public Builder prefix(Path folder) {
            prefix = folder;
            return this;
        }

        /** A driver that can do only this. */
        public Builder capabilities(Set<Capability> only) {
            drivers = new ScriptedDriverFactory(only);
            return this;
        }

        /**
         * Starts it, with one worker unless the configuration says otherwise.
         *
         * @throws io.sluice.core.config.ConfigurationException with everything that is wrong with the configuration
         * @throws IllegalStateException if it could not start
         */
        public Stepped start(String configuration) {
            HandClock clock = new HandClock();
            LogOrigin origin = LogOrigin.ofProcess(PROCESS_ID, clock, ZoneOffset.UTC);
            LogWriter logs = new LogWriter(clock, origin, QUEUE);
            LogMemory lines = new LogMemory();
            ErrorLog log = ErrorLog.of(origin, LogLevel.INFO, logs.attach(lines));
            ServerOptions options =
                    new ServerOptions(drivers, clock, new SeededRandomness(42), ZoneOffset.UTC, PROCESS_ID, logs, log);
            try {
                Server server = Server.prepare(new Assembly(plugins, prefix).loadToStart(configuration), options);
                return new Stepped(server, drivers, clock, logs, lines);
            } catch (StartException failure) {
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        }
    }

    public Server server() {
        return server;
    }

    /** The only worker, or the first. */
    public Worker worker() {
        return server.workers().getFirst();
    }

    /** The counters of all workers, as of their last turn. */
    public Counters counters() {
        return Counters.of(server);
    }

    /** The network: who connects, whom the server connects to. */
    public ScriptedDriverFactory net() {
        return drivers;
    }

    /** What was logged so far. */
    public LogMemory log() {
        boolean more = true;
        while (more) {
            more = logs.turn();
        }
        return lines;
    }

    /** A client connects to the first listening address, and the server accepts it. */
    public ScriptedConnection connect() {
        return connect(0);
    }

    /** A client connects to the n-th listening address, and the server accepts it. */
    public ScriptedConnection connect(int listening) {
        ScriptedConnection client = drivers.connect(listening);
        settle();
        return client;
    }

    /** A client that sends datagrams to the n-th listening address. */
    public ScriptedDatagrams datagrams(int listening) {
        return drivers.datagrams(listening);
    }

    /** The oldest connect of the server that the test has not seen yet; fails if there is none. */
    public ScriptedConnection outgoing() {
        return drivers.outgoing();
    }

    /** One pass of each worker's loop. Throws what would have killed the worker. */
    public void turn() {
        server.workers().forEach(Worker::turn);
    }

    /** Turns until nothing is left to do but to wait. */
    public void settle() {
        // The first turn sees what the test has done and what time it is; what that leads to may need more.
        turn();
        int turns = 0;
        do {
            if (turns++ == MOST_TURNS) {
                throw new AssertionError("the server does not come to rest");
            }
            turn();
        } while (!drivers.rests());
    }

    /** Lets time pass, from timer to timer: each fires at its moment and sees the time it was set for. */
    public void advance(Duration by) {
        settle();
        long left = by.toNanos();
        for (long next = drivers.nanosToTimer(); next >= 0 && next <= left; next = drivers.nanosToTimer()) {
            clock.advance(Duration.ofNanos(next));
            left -= next;
            settle();
        }
        clock.advance(Duration.ofNanos(left));
        settle();
    }

    /** The server ends as by QUIT: no new clients, and what runs goes on until it is done. */
    public void quit() {
        server.quit();
        settle();
    }

    /** Ends the server, and fails if a slot, a buffer, a lease or a socket is missing then. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close();
        logs.close(Duration.ZERO);
        Remains.assertNone(server);
        if (!drivers.open().isEmpty()) {
            throw new AssertionError("still open: " + drivers.open());
        }
    }
}
