package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A peer that has said all it has to say, and has left, before we know that we are connected to it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuickPeerTest {
    /** One for each time that the peer has left. */
    private final Semaphore left = new Semaphore(0);

    @RegisterExtension
    final TestServers servers = Streams.servers(new Holding());

    /** Lets a worker that has begun to connect look at its sockets only when the peer has left. */
    private final class Holding implements Plugin {
        @Override
        public String id() {
            return "holding";
        }

        @Override
        public void configure(PluginBinder binder) {
            StreamBinder.of(binder).phase(StreamPhase.ACCESS, "holding", worker -> session -> {
                // Tasks run at the end of the turn, behind the content handler that connects.
                worker.execute(left::acquireUninterruptibly);
                return StreamOutcome.DECLINED;
            });
        }
    }

    @OnBothDrivers
    void its_words_and_its_end_reach_the_client(String driver) throws Exception {
        ServerSocket peer = servers.closing(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try (Socket client = peer.accept()) {
                    client.getOutputStream().write("good day".getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException closed) {
                    return;
                } finally {
                    left.release();
                }
            }
        });
        TestServer server = servers.start(driver, """
                stream.servers = [ { listen = ["127.0.0.1:0"], proxy.pass = "127.0.0.1:%d" } ]
                """.formatted(peer.getLocalPort()));
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                assertEquals("good day", client.readToEnd());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }
}
