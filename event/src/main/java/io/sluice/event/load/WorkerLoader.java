package io.sluice.event.load;

import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileLoader;
import io.sluice.core.file.LoadListener;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The way of one worker to the threads. */
final class WorkerLoader implements FileLoader {
    private final Executor threads;
    private final Executor worker;

    WorkerLoader(Executor threads, Executor worker) {
        this.threads = threads;
        this.worker = worker;
    }

    @Override
    public Answer load(OpenFile file, long position, long bytes, LoadListener done) {
        if (file.isLoaded(position, bytes)) {
            return Answer.LOADED;
        }
        try {
            threads.execute(() -> loadNow(file, position, bytes, done));
            return Answer.COMING;
        } catch (RejectedExecutionException full) {
            return Answer.REFUSED;
        }
    }

    private void loadNow(OpenFile file, long position, long bytes, LoadListener done) {
        boolean readable = false;
        try {
            readable = file.load(position, bytes);
        } finally {
            // Also after a failure nobody foresaw: who waits must hear of it.
            boolean answer = readable;
            worker.execute(() -> done.loaded(answer));
        }
    }
}
