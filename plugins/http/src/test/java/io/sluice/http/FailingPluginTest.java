package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.CannotStartException;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.event.StartException;
import io.sluice.testkit.server.TestServer;
import java.io.IOError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Plugins that throw while a worker starts or ends are named, and nothing stays open. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailingPluginTest {

    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** Makes one thing per worker, which may fail to be made or to be closed. */
    private static final class Making implements Plugin {
        private final String name;
        private final Supplier<AutoCloseable> maker;

        Making(String name, Supplier<AutoCloseable> maker) {
            this.name = name;
            this.maker = maker;
        }

        @Override
        public String id() {
            return name;
        }

        @Override
        public void configure(PluginBinder binder) {
            WorkerKey<AutoCloseable> key = WorkerKey.of(name + "-thing");
            binder.perWorker(key, _ -> maker.get());
            binder.startWith(key);
        }
    }

    private Plugin good(String name) {
        return new Making(name, () -> () -> closed.add(name));
    }

    private static Plugin failing(String name, Supplier<AutoCloseable> maker) {
        return new Making(name, maker);
    }

    private static String listening(int port) {
        return """
               workers = 2
               http.servers = [ { listen = ["127.0.0.1:%d"], locations = [ { path = "/", return = 204 } ] } ]
               """.formatted(port);
    }

    @OnBothDrivers
    void what_cannot_be_made_on_a_worker_refuses_the_start_with_the_plugins_name(String driver) throws IOException {
        int port = FreePort.find();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> TestServer.of(new HttpPlugin(), good("a"), failing("bad", () -> {
                            throw new NoClassDefFoundError("x/Y");
                        }))
                        .driver(driver)
                        .start(listening(port)));
        assertEquals(
                "the plugin bad failed to make bad-thing on a worker: java.lang.NoClassDefFoundError: x/Y",
                refused.getMessage());
        assertEquals(List.of("a"), closed);
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(port, again.getLocalPort(), "nothing listens any more");
        }
    }

    @OnBothDrivers
    void what_the_machine_refuses_is_told_in_plain_words(String driver) {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> TestServer.of(new HttpPlugin(), failing("bad", () -> {
                            throw new CannotStartException("sluice.conf:7: no such thing", new IOException());
                        }))
                        .driver(driver)
                        .start(listening(0)));
        assertEquals("sluice.conf:7: no such thing", refused.getMessage());
        assertTrue(refused.getCause() instanceof StartException start && start.getCause() == null);
    }

    @OnBothDrivers
    void a_plugin_that_fails_to_stop_is_told_and_the_others_stop_all_the_same(String driver) {
        TestServer server = TestServer.of(
                        new HttpPlugin(),
                        good("first"),
                        failing("second", () -> () -> {
                            throw new IOError(new IOException("gone"));
                        }),
                        good("third"),
                        failing("fourth", () -> () -> {
                            throw new IOException("no");
                        }))
                .driver(driver)
                .start(listening(0));
        server.close();
        assertEquals(2, closed.stream().filter("first"::equals).count(), "on each worker");
        assertEquals(2, closed.stream().filter("third"::equals).count(), "on each worker");
        assertEquals(2, server.log().count("the plugin second failed to stop"));
        assertEquals(2, server.log().count("the plugin fourth failed to stop"));
    }
}
