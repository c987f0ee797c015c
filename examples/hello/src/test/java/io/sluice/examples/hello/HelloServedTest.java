package io.sluice.examples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembly as it is shipped, on real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelloServedTest {
    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new HelloPlugin());

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void the_locations_greet(String driver) throws IOException {
        String shipped = Files.readString(Path.of("sluice.conf")).replace("8081\"]", "0\"]");
        try (RawClient client = servers.start(driver, shipped).client()) {
            assertEquals("hello, world\n", get(client, "/anywhere").text());
            Response moon = get(client, "/moon");
            assertEquals("hello, moon\n", moon.text());
            assertEquals(200, moon.status());
            assertEquals("text/plain", moon.header("Content-Type"));
        }
    }

    @Test
    void a_greeting_at_the_wrong_place_is_refused() {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> servers.start("nio", "http.servers = [ { hello = world, listen = \"127.0.0.1:0\" } ]"));
        assertTrue(wrong.getMessage().contains("hello"), wrong.getMessage());
    }

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }
}
