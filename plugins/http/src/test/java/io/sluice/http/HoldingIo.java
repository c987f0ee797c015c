package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.testkit.wire.Await;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the write filter and the socket, as TLS does: takes all it is given and holds it, with a bit of the low nibble set, until
 * the test lets it go on.
 */
final class HoldingIo implements Plugin {
    private record Held(WorkerContext worker, Below below) {}

    private final ConcurrentLinkedQueue<Held> held = new ConcurrentLinkedQueue<>();

    @Override
    public String id() {
        return "holding";
    }

    @Override
    public void configure(PluginBinder binder) {
        BitPromise low = binder.connectionBit("below", 0x04);
        HttpBinder.of(binder).phase(Phase.POST_READ, "holding", worker -> request -> {
            Connection c = request.connection();
            if (!(c.io() instanceof Below)) {
                Below below = new Below(c, low);
                c.io(below);
                c.sendfile(false);
                held.add(new Held(worker, below));
            }
            return Outcome.DECLINED;
        });
    }

    /** Lets what is held go, as soon as somebody gives the operations a push. */
    void open() {
        Await.until("a request is there", () -> !held.isEmpty());
        Held first = held.element();
        first.worker().execute(() -> {
            first.below().open = true;
            first.below().c.postWrite();
        });
    }

    private static final class Below implements ConnectionIo {
        private final Connection c;
        private final ConnectionIo socket;
        private final BitPromise bit;
        private final Buf out;
        private boolean open;

        private Below(Connection c, BitPromise bit) {
            this.c = c;
            this.bit = bit;
            this.socket = c.io();
            this.out = c.pool().take(4096);
        }

        @Override
        public int recv(Connection connection, Buf into) {
            return socket.recv(connection, into);
        }

        @Override
        public long recvChain(Connection connection, Chain into, long limit) {
            return socket.recvChain(connection, into, limit);
        }

        @Override
        public int send(Connection connection, Buf from) {
            throw new IllegalStateException("the write filter sends chains");
        }

        @Override
        public @Nullable Chain sendChain(Connection connection, Chain from, long limit) {
            for (Chain link = from; link != null; link = link.next()) {
                Buf buf = link.buf();
                int size = (int) buf.size();
                if (size > 0) {
                    out.put(buf, buf.pos(), size);
                    buf.advance(size);
                }
            }
            while (open && out.size() > 0) {
                if (socket.send(connection, out) == Io.ERROR) {
                    return Chain.ERROR;
                }
            }
            if (out.size() > 0) {
                connection.buffer(bit.get());
            } else {
                connection.unbuffer(bit.get());
            }
            return null;
        }
    }
}
