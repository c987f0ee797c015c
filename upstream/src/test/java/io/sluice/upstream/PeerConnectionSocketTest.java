package io.sluice.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.time.SystemClock;
import io.sluice.core.time.SystemRandomness;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.Worker;
import io.sluice.upstream.balance.UpstreamBinder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, over sockets of the system. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerConnectionSocketTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "auto"})
    void connects_keeps_notices_the_end_and_goes_to_the_next_peer(String driver) throws Exception {
        int refusing = freePort();
        try (Answering origin = new Answering()) {
            String text = "events.driver = " + driver + ", workers = 1\n"
                    + "upstreams.backend.servers = [\"127.0.0.1:" + refusing + "\", \"127.0.0.1:" + origin.port()
                    + "\"]\n"
                    + "upstreams.nobody.servers = [\"127.0.0.1:" + refusing + "\"]";
            try (Server server = start(text)) {
                Worker worker = server.workers().getFirst();
                Upstreams upstreams = worker.cycle().cycle().injector().getInstance(Upstreams.class);
                Upstream backend = upstreams.of("backend", 0);
                Pinger client = on(worker, () -> new Pinger(worker.cycle()));
                String pong = "pong of " + origin.port();

                List<String> first = ask(worker, client, backend);
                assertEquals(List.of("CONNECTING", "connected", pong), afterRefusal(first));
                assertEquals(1, backend.peers().getFirst().fails());
                assertEquals(List.of("CACHED", pong), ask(worker, client, backend));
                assertEquals(1, idle(worker, backend));

                origin.closeOne();
                while (idle(worker, backend) > 0) {
                    Thread.onSpinWait();
                }
                assertEquals(List.of("CONNECTING", "connected", pong), ask(worker, client, backend));
                assertEquals(2, origin.accepted());

                List<String> last = ask(worker, client, upstreams.of("nobody", 0));
                assertEquals("failed", last.getLast());
                backend.peers().forEach(peer -> assertEquals(0, peer.active()));
                on(worker, () -> {
                    client.close();
                    return null;
                });
                server.quit();
                assertTrue(server.await(Duration.ofSeconds(30)), "an idle connection keeps no server alive");
            }
        }
    }

    /** A refusal may be known at once or a little later. */
    private static List<String> afterRefusal(List<String> steps) {
        assertTrue(steps.indexOf("failed") == 1, steps.toString());
        return steps.subList(2, steps.size());
    }

    private static List<String> ask(Worker worker, Pinger client, Upstream upstream) throws Exception {
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        worker.execute(() -> client.ask(upstream, done));
        return done.get(30, TimeUnit.SECONDS);
    }

    private static int idle(Worker worker, Upstream upstream) throws Exception {
        return on(worker, () -> worker.cycle().get(UpstreamWorker.KEY).idle(upstream));
    }

    private static <T> T on(Worker worker, Supplier<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        worker.execute(() -> done.complete(task.get()));
        return done.get(30, TimeUnit.SECONDS);
    }

    private static Server start(String text) throws Exception {
        References references =
                References.of(List.of(CycleLoader.class.getModule(), UpstreamsPlugin.class.getModule()));
        Plugin pinger = new Plugin() {
            @Override
            public String id() {
                return "pinger";
            }

            @Override
            public void configure(PluginBinder binder) {
                binder.consumer(Pinger.KEY).withoutListen().to(Pinger.Hears::new);
                UpstreamBinder.of(binder).balancer("round-robin", FirstPeer.FIRST);
            }
        };
        Cycle cycle = CycleLoader.load(
                Configuration.parse(text, "test.conf", references),
                Path.of(""),
                List.of(new UpstreamsPlugin(), pinger),
                null);
        SystemClock clock = new SystemClock();
        LogOrigin origin = LogOrigin.ofProcess(1, clock, ZoneOffset.UTC);
        LogWriter logs = new LogWriter(clock, origin, 16);
        return Server.start(
                cycle,
                new ServerOptions(
                        null, clock, new SystemRandomness(), ZoneOffset.UTC, 1, logs, ErrorLog.of(origin, List.of())));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** An origin that answers four bytes with pong. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        private final LinkedBlockingQueue<Socket> open = new LinkedBlockingQueue<>();
        private int accepted;

        Answering() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return listening.getLocalPort();
        }

        synchronized int accepted() {
            return accepted;
        }

        void closeOne() throws Exception {
            open.take().close();
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    synchronized (this) {
                        accepted++;
                    }
                    open.put(socket);
                    Thread.ofVirtual().start(() -> answer(socket));
                }
            } catch (IOException | InterruptedException end) {
                // The test is over.
            }
        }

        private static void answer(Socket socket) {
            try (socket) {
                while (socket.getInputStream().readNBytes(4).length == 4) {
                    socket.getOutputStream().write("pong".getBytes(US_ASCII));
                }
            } catch (IOException end) {
                // Closed from either side.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
