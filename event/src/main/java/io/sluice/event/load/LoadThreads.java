package io.sluice.event.load;

import io.sluice.core.file.FileLoader;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for the disk in the workers' place, shared by all workers: nginx's thread_pool. Begun when they are first
 * needed, ended when nothing was loaded for some time.
 *
 * <p>They are threads of the system, and as few as are allowed. A virtual thread would not help: to read a file is a system call that
 * waits, for which the JDK has no other way than to hold the carrier thread, so that as many loads as there are carriers would stop
 * every other virtual thread.
 *
 * <p><b>Thread:</b> any.
 */
public final class LoadThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    /** How long a stopping server waits for the reads under way; one of a dead network disk would never end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;

    private LoadThreads(Executor executor, @Nullable ThreadPoolExecutor own) {
        this.executor = executor;
        this.own = own;
    }

    /**
     * @param threads at most
     * @param maxQueue loads that may wait for a thread
     */
    public static LoadThreads of(int threads, int maxQueue) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxQueue), task -> {
                    Thread thread = new Thread(task, "load-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new LoadThreads(pool, pool);
    }

    /** @param executor stays the caller's; may refuse by a RejectedExecutionException */
    public static LoadThreads by(Executor executor) {
        return new LoadThreads(executor, null);
    }

    /** @param worker runs tasks on the thread of the worker that will use the loader */
    public FileLoader loaderFor(Executor worker) {
        return new WorkerLoader(executor, worker);
    }

    /** Drops what waits, and waits a while for the reads under way. Loads that come later are refused. */
    @Override
    public void close() {
        if (own == null) {
            return;
        }
        // In this order: nothing comes to wait any more that would not be dropped.
        own.shutdown();
        own.getQueue().clear();
        try {
            if (!own.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                own.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
