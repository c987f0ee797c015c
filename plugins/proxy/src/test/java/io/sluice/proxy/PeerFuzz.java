package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * For a fuzzer: whatever a peer answers, and in whatever pieces, the client gets the same, or the same cut short where the peer has broken
 * off; both connections end, and a whole server has nothing missing then.
 */
final class PeerFuzz {
    private static final String CONF = """
            upstreams.backend.servers = [ { address = "127.0.0.1:9", max-fails = 0 } ]
            http.servers = [ {
              listen = ["127.0.0.1:80"]
              locations = [
                { path = "/", proxy { pass = "http://backend", buffer-size = 1k } }
                { path = "/else", return { status = 200, text = "else $uri $args" } }
              ]
            } ]
            """;
    private static final Rig RIG = new Rig();

    private PeerFuzz() {}

    public static void fuzzerTestOneInput(byte[] answer) {
        String whole = RIG.relayed(answer, Math.max(1, answer.length));
        same(whole, RIG.relayed(answer, 1));
        same(whole, RIG.relayed(answer, 2 + Math.floorMod(Arrays.hashCode(answer), 30)));
    }

    /** Of an answer that breaks off more may have gone on before that was seen. */
    private static void same(String one, String other) {
        assertEquals(head(one), head(other));
        assertTrue(one.startsWith(other) || other.startsWith(one), () -> one + "\nand\n" + other);
    }

    private static String head(String message) {
        int end = message.indexOf("\r\n\r\n");
        return end < 0 ? message : message.substring(0, end);
    }

    /** Serves many inputs, then starts anew: the scripted network remembers all it has seen. */
    private static final class Rig {
        private static final int MOST = 300;
        private static final Duration ENOUGH = Duration.ofSeconds(200);

        private Stepped server = start();
        private int served;

        private static Stepped start() {
            return Stepped.of(Proxies.plugins()).start(CONF);
        }

        /** For a client of HTTP/1.0, to which nothing goes in chunks: where they would end is nobody's promise. */
        String relayed(byte[] answer, int piece) {
            if (served++ == MOST) {
                server.close();
                server = start();
                served = 1;
            }
            ScriptedConnection client = server.connect().receives("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
            server.settle();
            ScriptedConnection peer = server.outgoing().accepts();
            peer.receivesInPieces(new String(answer, StandardCharsets.ISO_8859_1), piece);
            server.settle();
            peer.ends();
            server.advance(ENOUGH);
            client.ends();
            server.advance(ENOUGH);
            assertTrue(client.isClosed());
            assertTrue(peer.isClosed());
            assertEquals(0, server.counters().open());
            assertEquals(0, server.counters().requests());
            assertEquals(0, server.counters().claims());
            assertEquals(0, server.counters().bufferBytes());
            assertEquals(0, server.counters().reservedBytes());
            assertEquals(0, server.counters().failures());
            return client.sent().replaceFirst("\r\nDate: [^\r]*", "");
        }
    }
}
