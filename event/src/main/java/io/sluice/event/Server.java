package io.sluice.event;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AllListenings;
import io.sluice.core.connection.Listening;
import io.sluice.core.cycle.CoreSettings;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.PluginFailure;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.CannotStartException;
import io.sluice.event.load.LoadThreads;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.DriverException;
import io.sluice.event.spi.DriverFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A running assembly: the sockets of a cycle and the workers that serve them.
 *
 * <p><b>Thread:</b> any. <b>Owns</b> the listening sockets and the workers' threads; {@link #close} ends both.
 */
public final class Server implements AutoCloseable {
    private final List<OpenListening> listenings;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended;
    private final AtomicBoolean quitting = new AtomicBoolean();
    private final ServerParts parts;
    private volatile @Nullable Throwable fatal;

    private Server(List<OpenListening> listenings, ServerParts parts, int workerCount) {
        this.listenings = listenings;
        this.parts = parts;
        this.ended = new CountDownLatch(workerCount);
    }

    /**
     * Opens what the cycle listens on, starts the plugins on each worker, then the workers.
     *
     * @throws StartException with everything that could not be opened; nothing stays open then
     */
    public static Server start(Cycle cycle, ServerOptions options) throws StartException {
        Server server = prepare(cycle, options);
        server.startThreads();
        return server;
    }

    /**
     * As {@link #start}, without threads: the caller runs the workers by {@link Worker#turn}, all from one thread, which is how a test
     * steps a whole server.
     */
    public static Server prepare(Cycle cycle, ServerOptions options) throws StartException {
        DriverFactory chosen = options.driver();
        DriverFactory drivers = chosen != null
                ? chosen
                : Drivers.choose(cycle.settings().events().driver());
        ServerParts parts = new ServerParts(
                drivers,
                options.clock(),
                options.random(),
                options.zone(),
                options.processId(),
                options.logs(),
                options.log(),
                cycle.prefix(),
                new AtomicLong(),
                loads(cycle, options.loads()));
        check(cycle, drivers);
        Server server = new Server(
                OpenListening.all(cycle, drivers, options.log()),
                parts,
                cycle.settings().workerCount());
        try {
            server.prepare(cycle);
        } catch (CannotStartException refused) {
            server.abandon();
            throw new StartException(String.valueOf(refused.getMessage()));
        } catch (PluginFailure failure) {
            server.abandon();
            throw new StartException(String.valueOf(failure.getMessage()), failure);
        } catch (DriverException refused) {
            server.abandon();
            throw new StartException("a worker could not be started: " + refused.getMessage(), refused);
        } catch (RuntimeException | Error failure) {
            server.abandon();
            throw new StartException("a worker could not be started: " + failure, failure);
        }
        return server;
    }

    private static LoadThreads loads(Cycle cycle, @Nullable Executor given) {
        CoreSettings.ThreadPool settings = cycle.settings().threadPool();
        return given == null ? LoadThreads.of(settings.threads(), settings.maxQueue()) : LoadThreads.by(given);
    }

    /**
     * Tells what is wrong with a cycle as far as it can be known without opening anything: a driver that this machine does not have, or
     * that lacks what the configuration asks for.
     *
     * @throws StartException with all of it
     */
    public static void check(Cycle cycle) throws StartException {
        check(cycle, Drivers.choose(cycle.settings().events().driver()));
    }

    private static void check(Cycle cycle, DriverFactory drivers) throws StartException {
        List<String> problems;
        try {
            problems = new ArrayList<>(ListenNeeds.problems(cycle.listenings(), drivers));
            problems.addAll(ConnectNeeds.problems(cycle.outgoing(), drivers));
        } catch (LinkageError broken) {
            // The JDK's own channels need descriptors, also to load what they are made of.
            Throwable reason = broken;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw new StartException("the driver " + drivers.name() + " cannot be used: " + reason, broken);
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems);
        }
    }

    private void prepare(Cycle cycle) {
        int count = (int) ended.getCount();
        AllListenings all = new AllListenings(
                listenings.stream().map(OpenListening::listening).toList());
        for (int i = 0; i < count; i++) {
            Worker worker = new Worker(i, cycle, parts, all);
            workers.add(worker);
            worker.enter(cycle);
        }
        boolean shared = parts.drivers().capabilities().contains(Capability.SHARED_ACCEPT);
        int alone = 0;
        for (OpenListening listening : listenings) {
            if (listening.listening().isForDatagrams() && !listening.isPerWorker()) {
                // One worker for all clients: with more of them a client's datagrams would be parted among them.
                workers.get(alone++ % count).listen(listening, null);
            } else if (shared || count == 1 || listening.isPerWorker()) {
                workers.forEach(worker -> worker.listen(listening, null));
            } else {
                workers.getFirst().listen(listening, workers);
            }
        }
    }

    private void startThreads() {
        for (Worker worker : workers) {
            Thread thread = new Thread(() -> run(worker), "worker-" + worker.index());
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Worker worker) {
        try {
            worker.run();
        } catch (Throwable failure) {
            fatal = failure;
            parts.log().log(
                    LogLevel.EMERG,
                    parts.log().speaker(),
                    "worker " + worker.index() + " died, the server stops",
                    failure);
            stop();
        } finally {
            try {
                worker.close();
            } finally {
                ended.countDown();
            }
        }
    }

    private void abandon() {
        for (Worker worker : workers) {
            try {
                worker.close();
            } catch (RuntimeException | Error failure) {
                // The others still have descriptors and memory to give back.
                parts.log().log(LogLevel.ALERT, parts.log().speaker(), "a worker failed to end", failure);
            }
        }
        closeSockets();
        parts.loads().close();
    }

    private synchronized void closeSockets() {
        listenings.forEach(OpenListening::close);
    }

    /** Where it listens, in the order of the configuration, with the ports that the system chose. */
    public List<Address> addresses() {
        return listenings.stream().map(open -> open.listening().address()).toList();
    }

    /** Where a consumer listens. */
    public List<Address> addresses(String consumerId) {
        return listenings.stream()
                .map(OpenListening::listening)
                .filter(listening -> listening.consumerId().equals(consumerId))
                .map(Listening::address)
                .toList();
    }

    public String driver() {
        return parts.drivers().name();
    }

    /** Its workers, for their counters and for {@link Worker#execute}. */
    public List<Worker> workers() {
        return List.copyOf(workers);
    }

    /** What killed a worker, or null. */
    public @Nullable Throwable fatal() {
        return fatal;
    }

    /** Ends at once: nginx's TERM. Returns before it is done. */
    public void stop() {
        workers.forEach(worker -> worker.execute(worker::stop));
    }

    /** Accepts no more, finishes what runs, then ends: nginx's QUIT. Returns before it is done. */
    public void quit() {
        if (quitting.compareAndSet(false, true)) {
            AtomicInteger watching = new AtomicInteger(workers.size());
            workers.forEach(worker -> worker.execute(() -> {
                worker.quit();
                // Who connects from now on is refused, not left in the queue of a socket that nobody accepts from.
                if (watching.decrementAndGet() == 0) {
                    closeSockets();
                }
            }));
        }
    }

    /** Waits for the end of all workers, then closes the sockets. Answers whether they ended in time. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean done = ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (done) {
            closeShared();
        }
        return done;
    }

    /** Waits for the end, however long. */
    public void await() throws InterruptedException {
        ended.await();
        closeShared();
    }

    private void closeShared() {
        closeSockets();
        parts.loads().close();
    }

    /** Stops and waits. */
    @Override
    public void close() {
        if (threads.isEmpty()) {
            abandon();
            return;
        }
        stop();
        boolean interrupted = false;
        while (true) {
            try {
                await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
