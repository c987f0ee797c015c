package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A setting of nginx that this system knows and cannot change. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SendLowatTest {
    private static final String CONF = """
            http.servers = [ {
              listen = [
                "127.0.0.1:0"
                { address = "127.0.0.1:0", sndlowat = 1k }
              ]
              locations = [ { path = "/", return { status = 200, text = "ok" } } ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void sndlowat_is_taken_has_no_effect_and_the_log_says_so(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (int listening = 0; listening < 2; listening++) {
            try (RawClient client = RawClient.connect(server.address(listening))) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals("ok", client.response().text());
            }
        }
        server.close();
        List<String> notes = server.log().lines().stream()
                .filter(line -> line.contains("sndlowat"))
                .toList();
        assertEquals(1, notes.size(), notes::toString);
        String note = notes.getFirst();
        assertTrue(note.contains("[warn]"), note);
        assertTrue(
                note.endsWith(
                        "test.conf:4: http.servers[0].listen[1]: sndlowat has no effect: this system cannot set it"),
                note);
    }
}
