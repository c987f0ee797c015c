package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.peers.HandPeers;
import io.sluice.upstream.balance.PeerChooser;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule alone, in a table. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastActiveTest {
    /** Three peers: active/weight of each, an x for one that may not be tried. */
    @ParameterizedTest
    @CsvSource({
        "0/1, 0/1, 0/1, 0",
        "1/1, 0/1, 0/1, 1",
        "1/1, 1/1, 0/1, 2",
        "1/2, 1/1, 2/3, 0",
        "3/2, 2/1, 4/3, 2",
        "0/1 x, 5/1, 4/1, 2",
        "0/1 x, 0/1 x, 9/1, 2",
        "0/1 x, 0/1 x, 0/1 x, -1",
        // Fractions that differ by little.
        "999999/1000000, 999998/1000000, 1/1, 1",
    })
    void the_fewest_for_the_weight_of_those_that_may_be_tried(String first, String second, String third, int chosen) {
        assertEquals(chosen, new LeastActive().choose(peers(first, second, third), 0));
        assertEquals(-1, PeerChooser.NONE);
    }

    private static HandPeers peers(String... rows) {
        HandPeers peers = HandPeers.ofWeights(Stream.of(rows)
                .mapToInt(row -> Integer.parseInt(row.replaceFirst(".*/(\\d+).*", "$1")))
                .toArray());
        for (int i = 0; i < rows.length; i++) {
            peers.active(i, Integer.parseInt(rows[i].substring(0, rows[i].indexOf('/'))));
            if (rows[i].endsWith("x")) {
                peers.bar(i);
            }
        }
        return peers;
    }
}
