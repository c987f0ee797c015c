package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random bodies in random pieces with random marks come out as they went in, whatever the buffers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiecesFuzzTest {
    private static final int BODIES = 25 * Integer.getInteger("sluice.fuzz", 1);

    @RegisterExtension
    final TestServers servers = Gzips.servers(new Answering(
            request -> Pieces.answer(request, Long.parseLong(request.path().substring(1)))));

    @OnBothDrivers
    void all_that_was_given_is_all_that_comes_out(String driver) {
        for (String buffers : new String[] {"{ number = 1, size = 256 }", "{ number = 3, size = 1k }", "{}"}) {
            TestServer server = servers.start(driver, Answering.everything("http.gzip.buffers = " + buffers));
            try (RawClient client = server.client()) {
                for (int seed = 0; seed < BODIES; seed++) {
                    Response answer = client.send(
                                    "GET /" + seed + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                            .response();
                    assertEquals("gzip", answer.header("Content-Encoding"));
                    assertArrayEquals(Pieces.body(seed), Gzips.unzip(answer.body()), "seed " + seed + " " + buffers);
                }
                server.awaitOpen(1);
                server.assertNothingHeld();
            }
            server.close();
        }
    }
}
