package io.sluice.stream.hello;

import static io.sluice.stream.hello.Hellos.extension;
import static io.sluice.stream.hello.Hellos.hello;
import static io.sluice.stream.hello.Hellos.serverName;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.stream.StreamPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import io.sluice.upstream.UpstreamsPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that choose by what a TLS client says first. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SslPrereadTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestServers servers = new TestServers(new StreamPlugin(), new UpstreamsPlugin(), roundRobin());

    private Origin origin;

    private static Plugin roundRobin() {
        for (Plugin found : Plugins.in(SslPrereadTest.class.getClassLoader())) {
            if (found.id().equals("balance.round-robin")) {
                return found;
            }
        }
        throw new AssertionError("no balancer is there");
    }

    private TestServer start(String driver, String more) {
        // Sends back the bytes that it gets, so that they can be compared.
        origin = servers.closing(Origin.running(echoing()));
        return servers.startWithHandClock(
                driver, """
                upstreams."Example.org".servers = [ "%s" ]
                stream {
                  ssl-preread = on
                  access-log = { file = "%s", format = "$status <$ssl_preread_server_name> <$ssl_preread_alpn_protocols> <$ssl_preread_protocol>" }
                  servers = [
                    { listen = ["127.0.0.1:0"], proxy.pass = "$ssl_preread_server_name", %s }
                    { listen = ["127.0.0.1:0"], ssl-preread = off, return = "<$ssl_preread_server_name>" }
                  ]
                }
                """.formatted(origin.authority(), folder.resolve("access.log"), more));
    }

    private static Script echoing() {
        return session -> {
            for (byte[] some = session.readSome(16_384); some.length > 0; some = session.readSome(16_384)) {
                session.send(some);
            }
        };
    }

    private void awaitLogged(String... lines) {
        Path file = folder.resolve("access.log");
        Await.until("the lines", () -> {
            try {
                return Files.exists(file) && Files.readAllLines(file).size() >= lines.length;
            } catch (IOException unreadable) {
                return false;
            }
        });
        try {
            assertEquals(List.of(lines), Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"epoll", "nio"})
    void the_name_chooses_the_upstream_which_gets_every_byte(String driver) {
        TestServer server = start(driver, "");
        byte[] hello = Hellos.ofJdk("EXAMPLE.org", List.of("h2", "http/1.1"));
        for (int piece : new int[] {1, 100, hello.length}) {
            try (RawClient client = server.client()) {
                for (int from = 0; from < hello.length; from += piece) {
                    client.send(Arrays.copyOfRange(hello, from, Math.min(hello.length, from + piece)));
                }
                assertArrayEquals(hello, client.readBytes(hello.length));
            }
        }
        String line = "200 <example.org> <h2,http/1.1> <TLSv1.3>";
        awaitLogged(line, line, line);
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"epoll", "nio"})
    void who_says_no_name_or_something_else_has_none(String driver) {
        TestServer server = start(driver, "");
        for (byte[] first : List.of(
                hello(),
                Hellos.text("GET / HTTP/1.1\r\n\r\n"),
                hello(serverName("a b")),
                hello(serverName("elsewhere")))) {
            try (RawClient client = server.client()) {
                client.send(first);
                client.awaitEnding();
            }
        }
        awaitLogged("500 <-> <-> <TLSv1.2>", "500 <-> <-> <->", "500 <-> <-> <->", "500 <elsewhere> <-> <TLSv1.2>");
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"epoll", "nio"})
    void one_larger_than_the_buffer_is_400_and_half_a_one_waits_for_its_time(String driver) {
        TestServer server = start(driver, "preread-buffer-size = 4k, preread-timeout = 10s");
        byte[] huge = hello(extension(65_535, new byte[8_000]), serverName("example.org"));
        try (RawClient client = server.client()) {
            client.send(huge);
            client.awaitEnding();
        }
        try (RawClient client = server.client()) {
            client.send(Arrays.copyOf(huge, 100));
            server.awaitOpen(1);
            server.advance(Duration.ofSeconds(11));
            client.awaitClosed();
        }
        awaitLogged("400 <-> <-> <->", "200 <-> <-> <->");
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"epoll", "nio"})
    void where_it_is_off_nothing_is_waited_for(String driver) {
        TestServer server = start(driver, "");
        try (RawClient client = RawClient.connect(server.port(1))) {
            assertEquals("<>", client.readToEnd());
        }
        awaitLogged("200 <-> <-> <->");
    }
}
