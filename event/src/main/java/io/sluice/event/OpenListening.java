package io.sluice.event;

import io.sluice.core.connection.Listening;
import io.sluice.event.spi.ListenSocket;
import java.util.List;

/** A listening with its socket, open for all workers, or with one for each. */
record OpenListening(Listening listening, List<ListenSocket> sockets) {
    /** Whether each worker has a socket of its own. */
    boolean isPerWorker() {
        return sockets.size() > 1;
    }

    ListenSocket socketOf(int worker) {
        return isPerWorker() ? sockets.get(worker) : sockets.getFirst();
    }

    void close() {
        sockets.forEach(ListenSocket::close);
    }
}
