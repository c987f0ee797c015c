package io.sluice.http.filter;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code add-trailer} says follows the body. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddTrailerTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "hello" }, add-trailer = [
                    { name = X-Sent, value = "$status of $uri" }
                    { name = X-Arg, value = "$arg_a" }
                    { name = X-Always, value = yes, always = on } ] }
                { path = "/empty", return { status = 200, text = "" }, add-trailer = { name = X-End, value = end } }
                { path = "/missing", return = 404, add-trailer = [
                    { name = X-Good, value = good }, { name = X-Always, value = yes, always = on } ] }
                { path = "/bad", return = 404, add-trailer = { name = X-Good, value = good } }
              ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void they_come_behind_the_last_chunk_and_the_length_goes(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                client.send(get("/x?a=b"));
                String head = client.readUntil("\r\n\r\n");
                assertTrue(head.contains("Transfer-Encoding: chunked\r\n"), head);
                assertFalse(head.contains("Content-Length"), head);
                assertEquals(
                        "5\r\nhello\r\n0\r\nX-Sent: 200 of /x\r\nX-Arg: b\r\nX-Always: yes\r\n\r\n",
                        client.readUntil("\r\n\r\n"));
                // Without a value there is none.
                client.send(get("/"));
                client.readUntil("\r\n\r\n");
                assertEquals(
                        "5\r\nhello\r\n0\r\nX-Sent: 200 of /\r\nX-Always: yes\r\n\r\n", client.readUntil("\r\n\r\n"));
            }
        }
    }

    @OnBothDrivers
    void an_empty_body_has_them_too(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/empty"));
            client.readUntil("\r\n\r\n");
            assertEquals("0\r\nX-End: end\r\n\r\n", client.readUntil("\r\n\r\n"));
        }
    }

    @OnBothDrivers
    void answers_that_are_no_success_have_those_that_are_always_there(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/missing"));
            client.readUntil("\r\n\r\n");
            assertTrue(client.readUntil("0\r\n").endsWith("\r\n0\r\n"));
            assertEquals("X-Always: yes\r\n\r\n", client.readUntil("\r\n\r\n"));
            assertTrue(client.send(get("/bad")).response().hasHeader("Content-Length"), "nothing follows it");
        }
    }

    @OnBothDrivers
    void a_client_that_knows_no_chunks_gets_the_length(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            String head = client.readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Length: 5\r\n") && head.contains("keep-alive"), head);
            assertEquals("hello", client.read(5));
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            head = client.readUntil("\r\n\r\n");
            assertTrue(head.contains("Content-Length: 5\r\n"), head);
            client.awaitClosed();
        }
    }

    @Test
    void what_frames_an_answer_cannot_be_a_trailer() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin())
                        .load("http.servers = [ {\n add-trailer = { name = Content-Length, value = 1 } } ]"));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("test.conf:2: ") && message.contains("add-trailer"), message);
    }
}
