package io.sluice.event;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.AllListenings;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionEngine;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Event;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.WorkerCycle;
import io.sluice.core.cycle.WorkerEngine;
import io.sluice.core.file.FileLoader;
import io.sluice.core.file.FileOpener;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.TimerService;
import io.sluice.core.time.TimerTask;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread with all it owns: the driver, the pool of connections, timers, posted events, memory. Waits for readiness and turns
 * it into calls, in nginx's order: accepts, I/O, timers, posted events ({@code ngx_process_events_and_timers}), then tasks of other threads.
 *
 * <p><b>Thread:</b> its own, but for {@link #execute} and the counters of {@link WorkerStatus}.
 */
public final class Worker implements ConnectionEngine, WorkerEngine, TimerGuard {
    private final int index;
    private final ServerParts parts;
    private final AllListenings listenings;
    private final CachedTime time;
    private final Timers timers;
    private final PostedEvents posted = new PostedEvents();
    private final Slabs slabs;
    private final ErrorLog log;
    private final Driver driver;
    private final ConnectionPool pool;
    private final Connector connector;
    private final FileLoader loader;
    private final List<Listener> listeners = new ArrayList<>();
    private final WorkerStatus status = new WorkerStatus();
    private final WorkerFailures failures;
    private final WorkerTasks tasks;
    private final IoResults io;
    private @Nullable WorkerCycle cycle;
    private boolean stopping;
    private boolean ended;

    /** @param listenings where the server listens, on whichever worker */
    Worker(int index, Cycle cycle, ServerParts parts, AllListenings listenings) {
        this.index = index;
        this.parts = parts;
        this.listenings = listenings;
        this.time = new CachedTime(parts.clock(), parts.zone());
        this.timers = new Timers(time);
        this.log = parts.log().spokenBy(LogOrigin.ofWorker(parts.processId(), index + 1, time));
        this.slabs = new Slabs(
                new MemoryBudget(cycle.settings().workerMemory().count()),
                cycle.settings().debugMemory());
        this.driver = parts.drivers()
                .open(new DriverSetup(
                        slabs.nativeAccess(), cycle.settings().events().resultsPerTurn(), time));
        this.failures = new WorkerFailures(log, status);
        this.tasks = new WorkerTasks(failures);
        this.pool = new ConnectionPool(cycle.settings().workerConnections(), this);
        this.io = new IoResults(driver, pool, log);
        slabs.budget().relief(pool::relieve);
        this.connector = new Connector(this);
        this.loader = parts.loads().loaderFor(this::execute);
    }

    /** Makes what the plugins of a cycle want on this worker. What they throw refuses the start. */
    void enter(Cycle next) {
        WorkerCycle entered = new WorkerCycle(next, this);
        cycle = entered;
        entered.start();
    }

    /** Watches a listening socket, or serves as one of those who get its connections from another worker. */
    void listen(OpenListening listening, @Nullable List<Worker> others) {
        if (listening.listening().isForDatagrams()) {
            DatagramAcceptor datagrams = new DatagramAcceptor(this, listening);
            listeners.add(datagrams);
            status.watch(datagrams);
        } else {
            listeners.add(new Acceptor(this, listening, others));
        }
    }

    /** Runs until the server stops. */
    void run() {
        while (!ended) {
            turn();
        }
    }

    /** One pass of the loop. The testkit steps a worker without a thread by it. */
    public void turn() {
        boolean waiting = posted.beginTurn() || tasks.areWaiting();
        int results = driver.poll(waiting ? 0 : timers.nanosToNext());
        time.update();
        if (results > 0 && !listeners.isEmpty()) {
            io.accept(results);
        }
        io.deliver(results);
        timers.expire(this);
        for (Event event = posted.poll(); event != null; event = posted.poll()) {
            io.deliver(event);
        }
        tasks.run();
        endTurn();
    }

    private void endTurn() {
        tasks.endTurn();
        status.update(this);
        if (stopping && timers.keepingAlive() == 0 && pool.open() == 0 && !runsRequests()) {
            ended = true;
        }
    }

    /** A request may outlive its client's connection while another thread works for it. */
    private boolean runsRequests() {
        WorkerCycle current = cycle;
        return current != null && current.requests() > 0;
    }

    @Override
    public void expired(TimerTask task) {
        try {
            task.expired();
        } catch (Throwable failure) {
            failures.tell("a timer", failure);
        }
    }

    @Override
    public void pluginFailed(Connection c, String where, Throwable failure) {
        failures.tell(c, where, failure);
    }

    @Override
    public void pluginFailed(ErrorLog place, LogContext about, String what, Throwable failure) {
        failures.tell(place, about, what, failure);
    }

    // ---- how it ends

    /** Accepts no more and closes what is idle; the loop ends when nothing is left to wait for. */
    void quit() {
        if (stopping) {
            return;
        }
        stopping = true;
        listeners.forEach(Listener::takeQueued);
        closeAcceptors();
        pool.closeIdle();
        WorkerCycle current = cycle;
        long limitMillis = current == null
                ? 0
                : current.cycle().settings().shutdownTimeout().toMillis();
        if (limitMillis > 0) {
            // Nobody waits for it: whatever ends before ends the worker.
            timers.create(this::shutdownOver, true).setMillis(limitMillis);
        }
    }

    /** What runs has had its time (worker_shutdown_timeout). */
    private void shutdownOver() {
        log.at(LogLevel.NOTICE)
                .text("the time to shut down is over, connections that are closed: ")
                .number(pool.open())
                .write();
        pool.closeAll(CloseReason.SHUTDOWN);
    }

    /** Closes everything now. */
    void stop() {
        stopping = true;
        closeAcceptors();
        pool.closeAll(CloseReason.SHUTDOWN);
        ended = true;
    }

    private void closeAcceptors() {
        listeners.forEach(Listener::close);
        listeners.clear();
    }

    /** Called by whoever ran the loop, after it. */
    void close() {
        try {
            stop();
            WorkerCycle left = cycle;
            if (left != null) {
                try {
                    left.close();
                } finally {
                    // What the plugins opened while they stopped.
                    pool.closeAll(CloseReason.SHUTDOWN);
                }
            }
            endTurn();
        } finally {
            try {
                driver.close();
            } finally {
                slabs.close();
            }
        }
    }

    // ---- what others ask

    @Override
    public int index() {
        return index;
    }

    @Override
    public CachedTime time() {
        return time;
    }

    @Override
    public Randomness random() {
        return parts.random();
    }

    @Override
    public TimerService timers() {
        return timers;
    }

    @Override
    public ErrorLog log() {
        return log;
    }

    @Override
    public LogWriter logs() {
        return parts.logs();
    }

    @Override
    public Path prefix() {
        return parts.prefix();
    }

    @Override
    public Slabs slabs() {
        return slabs;
    }

    @Override
    public AtomicLong connectionNumbers() {
        return parts.connectionNumbers();
    }

    @Override
    public void post(Event event) {
        posted.post(event);
    }

    @Override
    public void postNext(Event event) {
        posted.postNext(event);
    }

    @Override
    public void unpost(Event event) {
        event.posted(false);
    }

    /** Runs a task on this worker's thread, soon. Any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.offer(task);
        driver.wakeup();
    }

    @Override
    public void atTurnEnd(Runnable task) {
        tasks.atTurnEnd(task);
    }

    @Override
    public void notAtTurnEnd(Runnable task) {
        tasks.notAtTurnEnd(task);
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    @Override
    public <T> T service(Class<T> type) {
        if (type == Connector.class) {
            return type.cast(connector);
        }
        if (type == AllListenings.class) {
            return type.cast(listenings);
        }
        if (type == FileOpener.class) {
            return type.cast(driver.files());
        }
        if (type == FileLoader.class) {
            return type.cast(loader);
        }
        if (type == Worker.class) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("the engine offers no " + type.getName());
    }

    /** Counters that any thread may read. */
    public WorkerStatus status() {
        return status;
    }

    public ConnectionPool pool() {
        return pool;
    }

    Timers timerHeap() {
        return timers;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Slots that listening sockets take. */
    int listening() {
        return listeners.size();
    }

    Driver driver() {
        return driver;
    }

    ServerParts parts() {
        return parts;
    }

    /** @throws IllegalStateException before the first cycle was entered */
    public WorkerCycle cycle() {
        WorkerCycle current = cycle;
        if (current == null) {
            throw new IllegalStateException("the worker has entered no cycle yet");
        }
        return current;
    }
}
