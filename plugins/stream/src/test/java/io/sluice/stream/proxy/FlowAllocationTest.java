package io.sluice.stream.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPlugin;
import io.sluice.stream.StreamSession;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.heap.Allocated;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.upstream.UpstreamsPlugin;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a flow itself puts on the heap: nothing, however many bytes it moves, also when it takes its buffer anew each time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlowAllocationTest {
    private static final int MOVES = 20_000;

    private final CompletableFuture<Long> allocated = new CompletableFuture<>();

    @RegisterExtension
    final TestServers servers = new TestServers(new StreamPlugin(), new UpstreamsPlugin(), new Probe());

    /** A source that never ends and a destination that takes all. */
    private static final class Endless implements ConnectionIo {
        @Override
        public int recv(Connection c, Buf into) {
            into.put((byte) 1);
            return 1;
        }

        @Override
        public long recvChain(Connection c, Chain into, long limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int send(Connection c, Buf from) {
            int n = (int) from.size();
            from.advance(n);
            return n;
        }

        @Override
        public Chain sendChain(Connection c, Chain from, long limit) {
            throw new UnsupportedOperationException();
        }
    }

    /** Measures on the worker's own thread. */
    private final class Probe implements Plugin {
        @Override
        public String id() {
            return "probe";
        }

        @Override
        public void configure(PluginBinder binder) {
            StreamBinder.of(binder).content("probe", server -> {
                server.section().value("probe");
                return worker -> session -> measured(worker, session);
            });
        }

        private StreamOutcome measured(WorkerContext worker, StreamSession session) {
            try {
                Connection c = session.connection();
                c.io(new Endless());
                Flow flow = new ByteFlow(worker.pool(), session, 1024, 4096, new Pace(worker.time(), 0));
                flow.from(c);
                flow.to(c);
                allocated.complete(Allocated.by(() -> {
                    for (int i = 0; i < MOVES; i++) {
                        flow.move();
                    }
                }));
                session.memory().release();
            } catch (Throwable failure) {
                allocated.completeExceptionally(failure);
            }
            return session.end(StreamSession.OK);
        }
    }

    @Test
    void a_flow_allocates_nothing() throws Exception {
        TestServer server = servers.start("epoll", "stream.servers = [ { listen = [\"127.0.0.1:0\"], probe = on } ]");
        try (RawClient client = server.client()) {
            client.send("x");
            assertEquals(0, allocated.get(30, TimeUnit.SECONDS));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }
}
