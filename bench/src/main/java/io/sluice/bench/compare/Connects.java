package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Pages;
import io.sluice.bench.server.Probe;
import io.sluice.bench.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Clients that connect, say nothing and are gone: some are always there, the oldest leaves before the next comes, and
 * none leaves before it was accepted. They leave by a reset: nothing of a connection stays behind in the kernel then, and
 * ports do not run out.
 */
final class Connects implements Traffic {

    /** Many, so that a server finds several at once, and is not kept waiting by our looks at the queue. */
    private static final int OPEN = 256;

    /** More of them are not accepted yet: nobody comes or leaves until they are. The server's queue is longer. */
    private static final int WAITING = OPEN / 2;

    /** How many come between two looks at the queue: all that then wait are still open. */
    private static final int LOOK_EVERY = OPEN / 4;

    @Override
    public Slot run(RunningServer server, int seconds) {
        return Slot.of(server, () -> lasting(server, seconds));
    }

    /** As many as come in that time. */
    Load lasting(RunningServer server, int seconds) {
        return connect(server, Long.MAX_VALUE, System.nanoTime() + seconds * 1_000_000_000L);
    }

    /** So many, as fast as it goes. */
    Load times(RunningServer server, int connections) {
        return connect(server, connections, System.nanoTime() + Long.MAX_VALUE / 2);
    }

    private static Load connect(RunningServer server, long most, long endNanos) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        Deque<SocketChannel> open = new ArrayDeque<>();
        long start = System.nanoTime();
        long count = 0;
        try (AcceptQueue queue = new AcceptQueue(server.port())) {
            for (; count < most && System.nanoTime() - endNanos < 0; count++) {
                if (count % LOOK_EVERY == 0) {
                    queue.awaitAtMost(WAITING);
                }
                if (open.size() == OPEN) {
                    open.removeFirst().close();
                }
                open.addLast(connect(address));
            }
            for (SocketChannel last : open) {
                last.close();
            }
        } catch (IOException failed) {
            throw new BenchException("connection " + count + " failed: " + failed.getMessage(), failed);
        }
        // The queue is first in, first out: with this answer the server has accepted all that came before.
        Probe.answerBytes(server.port(), Pages.HELLO, true);
        return Load.ofConnections(count, (System.nanoTime() - start) / 1e9);
    }

    private static SocketChannel connect(InetSocketAddress address) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET);
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.connect(address);
        return client;
    }
}
