package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.driver.Stepped;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastActiveSteppedTest {
    @Test
    void requests_go_where_the_fewest_are_for_the_weight() {
        Plugin[] found = Plugins.in(LeastActive.class.getClassLoader()).toArray(Plugin[]::new);
        try (Stepped server = Stepped.of(found).start("""
                upstreams.u { balance = least-active, servers = [ { address = "10.0.0.1:80", weight = 2 }, "10.0.0.2:80" ] }
                http.servers = [ { listen = 80, locations = [ { path = "/", proxy.pass = "http://u" } ] } ]
                """)) {
            int[] peers = IntStream.range(0, 6).map(i -> peerOf(server)).toArray();
            assertEquals(
                    "1 2 1 1 2 1",
                    String.join(
                            " ", IntStream.of(peers).mapToObj(Integer::toString).toList()));
        }
    }

    /** Of one more request, which is left unanswered: the last number of the address that is connected to. */
    private static int peerOf(Stepped server) {
        server.connect().receives("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        server.settle();
        return server.outgoing().remoteAddress().byteAt(3);
    }
}
