package io.sluice.core.cycle;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.ClaimLease;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.TimerService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cycle on one worker: the instances that its plugins made there, and the two leases that keep it alive (D3). When both counts are
 * zero and a newer cycle is current, it can be closed.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class WorkerCycle implements WorkerContext, ClaimLease {
    private final Cycle cycle;
    private final WorkerEngine engine;
    private final Map<String, Claim<?>> claims = new HashMap<>();
    private final Map<WorkerKey<?>, Object> instances = new HashMap<>();
    private final Set<WorkerKey<?>> making = new HashSet<>();
    private final List<Made> closeables = new ArrayList<>();
    private final List<Runnable> turnEnds = new ArrayList<>();
    private long connections;
    private long requests;

    /** Something to be closed, and whose it is. */
    private record Made(String plugin, AutoCloseable closeable) {}

    public WorkerCycle(Cycle cycle, WorkerEngine engine) {
        this.cycle = cycle;
        this.engine = engine;
    }

    /** Makes what must exist before the first connection. What a plugin throws here refuses the start. */
    public void start() {
        for (ConsumerRegistration<?> registration : cycle.consumers()) {
            claim(registration);
        }
        for (WorkerKey<?> key : cycle.startWith()) {
            get(key);
        }
    }

    public Cycle cycle() {
        return cycle;
    }

    /** Connections whose consumer belongs to this cycle, on this worker. */
    public long connections() {
        return connections;
    }

    /** Requests and sessions that began on this cycle and have not ended, on this worker. */
    public long requests() {
        return requests;
    }

    @Override
    public void connectionTaken() {
        connections++;
    }

    @Override
    public void connectionReturned() {
        connections--;
    }

    @Override
    public void requestStarted() {
        requests++;
    }

    @Override
    public void requestEnded() {
        requests--;
    }

    @Override
    public Claim<?> claim(String consumerId) {
        Claim<?> claim = claims.get(consumerId);
        if (claim == null) {
            throw new IllegalArgumentException("no consumer is called " + consumerId);
        }
        return claim;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> Claim<S> claim(ConsumerKey<S> key) {
        Claim<?> claim = claims.get(key.id());
        if (claim == null) {
            claim = claim(cycle.consumer(key));
        }
        if (claim.key() != key) {
            throw new IllegalArgumentException(key + " is not the key that was bound: " + claim.key());
        }
        return (Claim<S>) claim;
    }

    private <S> Claim<S> claim(ConsumerRegistration<S> registration) {
        Claim<?> known = claims.get(registration.key().id());
        if (known == null) {
            Consumer<S> consumer = consumer(registration);
            Claim<S> made = new Claim<>(registration.key(), consumer, this);
            claims.put(registration.key().id(), made);
            closeLater(registration.plugin(), consumer);
            return made;
        }
        return claim(registration.key());
    }

    private <S> Consumer<S> consumer(ConsumerRegistration<S> registration) {
        try {
            return Objects.requireNonNull(registration.maker().apply(this), "its maker answered null");
        } catch (Throwable thrown) {
            throw PluginFailure.of(
                    registration.plugin(), "to make the consumer " + registration.key() + " on a worker", thrown);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(WorkerKey<T> key) {
        Object known = instances.get(key);
        if (known != null) {
            return (T) known;
        }
        if (!making.add(key)) {
            throw new IllegalStateException("to make " + key + ", " + key + " is needed");
        }
        try {
            WorkerFactory factory = cycle.factory(key);
            Object made = made(factory, key);
            instances.put(key, made);
            closeLater(factory.plugin(), made);
            return (T) made;
        } finally {
            making.remove(key);
        }
    }

    private Object made(WorkerFactory factory, WorkerKey<?> key) {
        try {
            return Objects.requireNonNull(factory.maker().apply(this), "its maker answered null");
        } catch (Throwable thrown) {
            throw PluginFailure.of(factory.plugin(), "to make " + key + " on a worker", thrown);
        }
    }

    private void closeLater(String plugin, Object made) {
        if (made instanceof AutoCloseable closeable) {
            for (Made other : closeables) {
                if (other.closeable() == closeable) {
                    return; // one object may be there under several keys
                }
            }
            closeables.add(new Made(plugin, closeable));
        }
    }

    /**
     * Stops the plugins on this worker, the last made first. One that throws is logged and does not stop the others; what ends the
     * server, such as exhausted memory, is thrown on when all have been stopped.
     */
    public void close() {
        for (Runnable task : turnEnds) {
            engine.notAtTurnEnd(task);
        }
        turnEnds.clear();
        @Nullable VirtualMachineError fatal = null;
        for (Made made : closeables.reversed()) {
            try {
                made.closeable().close();
            } catch (Throwable failure) {
                engine.log().log(
                        LogLevel.ALERT,
                        engine.log().speaker(),
                        "the plugin " + made.plugin() + " failed to stop",
                        failure);
                if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
                    fatal = error;
                }
            }
        }
        closeables.clear();
        instances.clear();
        claims.clear();
        if (fatal != null) {
            throw fatal;
        }
    }

    @Override
    public int index() {
        return engine.index();
    }

    @Override
    public CachedTime time() {
        return engine.time();
    }

    @Override
    public Randomness random() {
        return engine.random();
    }

    @Override
    public TimerService timers() {
        return engine.timers();
    }

    @Override
    public ErrorLog log() {
        return engine.log();
    }

    @Override
    public void pluginFailed(ErrorLog place, LogContext about, String what, Throwable failure) {
        engine.pluginFailed(place, about, what, failure);
    }

    @Override
    public LogWriter logs() {
        return engine.logs();
    }

    @Override
    public Path prefix() {
        return engine.prefix();
    }

    @Override
    public Pool pool() {
        return engine.slabs().pool();
    }

    @Override
    public MemoryBudget budget() {
        return engine.slabs().budget();
    }

    @Override
    public void execute(Runnable task) {
        engine.execute(task);
    }

    @Override
    public void atTurnEnd(Runnable task) {
        turnEnds.add(task);
        engine.atTurnEnd(task);
    }

    @Override
    public boolean stopping() {
        return engine.stopping();
    }

    @Override
    public <T> T service(Class<T> type) {
        return engine.service(type);
    }
}
