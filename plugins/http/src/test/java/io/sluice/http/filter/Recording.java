package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Notes what reaches a connection, and passes it on. */
final class Recording {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger filesSent = new AtomicInteger();
    private final AtomicLong largestLimit = new AtomicLong();
    private final AtomicLong largestMemory = new AtomicLong();

    void on(Connection c) {
        if (!(c.io() instanceof Noting)) {
            c.io(new Noting(c.io()));
        }
    }

    void reset() {
        calls.set(0);
        filesSent.set(0);
        largestLimit.set(0);
        largestMemory.set(0);
    }

    /** How often a chain was given to the connection. */
    int calls() {
        return calls.get();
    }

    /** How many parts of files were given to it, each time they were. */
    int filesSent() {
        return filesSent.get();
    }

    long largestLimit() {
        return largestLimit.get();
    }

    /** The largest memory Buf, if it is larger than so many bytes; else 0. */
    long memoryOver(long bytes) {
        return largestMemory.get() > bytes ? largestMemory.get() : 0;
    }

    private final class Noting implements ConnectionIo {
        private final ConnectionIo below;

        private Noting(ConnectionIo below) {
            this.below = below;
        }

        @Override
        public int recv(Connection c, Buf into) {
            return below.recv(c, into);
        }

        @Override
        public long recvChain(Connection c, Chain into, long limit) {
            return below.recvChain(c, into, limit);
        }

        @Override
        public int send(Connection c, Buf from) {
            return below.send(c, from);
        }

        @Override
        public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
            calls.incrementAndGet();
            largestLimit.accumulateAndGet(limit, Math::max);
            for (Chain link = from; link != null; link = link.next()) {
                if (link.buf().inFile()) {
                    filesSent.incrementAndGet();
                } else {
                    largestMemory.accumulateAndGet(link.buf().size(), Math::max);
                }
            }
            return below.sendChain(c, from, limit);
        }
    }
}
