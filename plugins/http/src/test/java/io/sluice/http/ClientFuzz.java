package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * For a fuzzer: whatever a client sends, and in whatever pieces, a whole server answers the same, ends the connection, has nothing missing
 * then and lays no blame on a plugin. Only a request with a body may end the connection in one case and not in the other: who is answered
 * before all of the body is here is the last.
 */
final class ClientFuzz {
    private static final String CONF = """
            http.client-header-buffer-size = 128
            http.servers = [ {
              listen = ["127.0.0.1:80"]
              locations = [
                { path = "/", return { status = 200, text = "$request_method $uri $args $http_x $cookie_a $host" } }
                { path = "/read", count-body = on }
              ]
            } ]
            """;
    private static final Pattern BODY = Pattern.compile("(?i)\n(content-length|transfer-encoding):");
    private static final String CLOSE = "\r\nConnection: close";
    private static final Rig RIG = new Rig();

    private ClientFuzz() {}

    public static void fuzzerTestOneInput(byte[] sent) {
        String whole = RIG.answers(sent, Math.max(1, sent.length));
        boolean body =
                BODY.matcher(new String(sent, StandardCharsets.ISO_8859_1)).find();
        assertSame(whole, RIG.answers(sent, 1), body);
        assertSame(whole, RIG.answers(sent, 2 + Math.floorMod(Arrays.hashCode(sent), 30)), body);
    }

    private static void assertSame(String whole, String inPieces, boolean body) {
        if (body && inPieces.contains(CLOSE)) {
            String answers = inPieces.replace(CLOSE, "");
            String all = whole.replace(CLOSE, "");
            assertEquals(all.substring(0, Math.min(all.length(), answers.length())), answers);
        } else {
            assertEquals(whole, inPieces);
        }
    }

    /** Serves many inputs, then starts anew: the scripted network remembers all it has seen. */
    private static final class Rig {
        private static final int MOST = 300;
        private static final Duration ENOUGH = Duration.ofSeconds(200);

        private Stepped server = start();
        private int served;

        private static Stepped start() {
            return Stepped.of(new HttpPlugin(), new BodyCounting()).start(CONF);
        }

        String answers(byte[] sent, int piece) {
            if (served++ == MOST) {
                server.close();
                server = start();
                served = 1;
            }
            ScriptedConnection client = server.connect();
            client.receivesInPieces(new String(sent, StandardCharsets.ISO_8859_1), piece);
            server.settle();
            client.ends();
            server.advance(ENOUGH);
            assertTrue(client.isClosed());
            assertEquals(0, server.counters().open());
            assertEquals(0, server.counters().requests());
            assertEquals(0, server.counters().claims());
            assertEquals(0, server.counters().bufferBytes());
            assertEquals(0, server.counters().reservedBytes());
            assertEquals(0, server.counters().failures());
            return client.sent().replaceAll("\r\nDate: [^\r]*", "");
        }
    }
}
