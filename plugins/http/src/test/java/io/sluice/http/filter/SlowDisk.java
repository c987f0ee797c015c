package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that brings nothing into memory before the test lets it. */
final class SlowDisk {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch firstLoad = new CountDownLatch(1);
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger readsBeforeLoad = new AtomicInteger();

    OpenFile of(OpenFile file) {
        return new Slow(file);
    }

    void letAll() {
        gate.countDown();
    }

    /** Waits until another thread waits for the disk. */
    void awaitLoad() {
        await(firstLoad);
    }

    int loads() {
        return loads.get();
    }

    int readsBeforeLoad() {
        return readsBeforeLoad.get();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited for nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private final class Slow implements OpenFile {
        private final OpenFile file;
        private final AtomicLong loadedTo = new AtomicLong();

        private Slow(OpenFile file) {
            this.file = file;
        }

        @Override
        public FileKind kind() {
            return file.kind();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public long modifiedSeconds() {
            return file.modifiedSeconds();
        }

        @Override
        public long identity() {
            return file.identity();
        }

        @Override
        public int read(Buf into, long position) {
            if (position >= loadedTo.get()) {
                readsBeforeLoad.incrementAndGet();
            }
            return file.read(into, position);
        }

        @Override
        public boolean isLoaded(long position, long bytes) {
            return position + bytes <= loadedTo.get();
        }

        @Override
        public boolean load(long position, long bytes) {
            loads.incrementAndGet();
            firstLoad.countDown();
            await(gate);
            loadedTo.accumulateAndGet(position + bytes, Math::max);
            return true;
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
