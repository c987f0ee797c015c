package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether a client's first bytes are there when it is accepted or come later, they are found. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FirstBytesTest {
    private static final String HELLO = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "$uri" } } ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void after_many_that_are_silent_who_talks_at_once_is_answered_and_so_are_they(String driver) {
        TestServer server = servers.start(driver, HELLO);
        List<RawClient> silent = new ArrayList<>();
        try {
            for (int i = 1; i <= 40; i++) {
                silent.add(server.client());
                server.awaitOpen(i);
            }
            for (int i = 0; i < 40; i++) {
                try (RawClient client = server.client()) {
                    assertEquals("/talks", ask(client, "talks"));
                }
            }
            for (RawClient client : silent) {
                assertEquals("/late", ask(client, "late"));
            }
        } finally {
            silent.forEach(RawClient::close);
        }
    }

    private static String ask(RawClient client, String what) {
        return client.send("GET /" + what + " HTTP/1.0\r\n\r\n").response().text();
    }
}
