package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastLatencySteppedTest {
    @Test
    void requests_go_to_the_one_that_answered_fastest_of_late() {
        Plugin[] found = Plugins.in(LeastLatency.class.getClassLoader()).toArray(Plugin[]::new);
        try (Stepped server = Stepped.of(found).start("""
                upstreams.u { balance = least-latency, keepalive.connections = 0, servers = [ "10.0.0.1:80", "10.0.0.2:80" ] }
                http.servers = [ { listen = 80, locations = [ { path = "/", proxy.pass = "http://u" } ] } ]
                """)) {
            // 80 ms of the first against 10, 19, 27 … of the second, until they add up to as many.
            int[] millis = {80, 10, 10, 10, 90};
            int[] peers = IntStream.of(millis).map(one -> peerOf(server, one)).toArray();
            assertEquals("[1, 2, 2, 2, 2]", Arrays.toString(peers));
            assertEquals(1, peerOf(server, 1), "the second was slow the last time");
        }
    }

    /** Of one more request, which is answered after a time. */
    private static int peerOf(Stepped server, int millis) {
        server.connect().receives("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        server.settle();
        server.advance(Duration.ofMillis(millis));
        ScriptedConnection peer = server.outgoing().accepts().receives("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        server.settle();
        return peer.remoteAddress().byteAt(3);
    }
}
