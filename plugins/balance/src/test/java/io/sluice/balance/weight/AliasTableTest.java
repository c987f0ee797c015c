package io.sluice.balance.weight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import io.sluice.testkit.peers.HandPeers;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AliasTableTest {
    /** Each value once: as many for each peer as its weight says, to the last one. */
    @Test
    void the_shares_are_exact() {
        SeededRandomness seeds = new SeededRandomness(9);
        for (int round = 0; round < 200; round++) {
            int[] weights = new int[1 + seeds.nextInt(6)];
            int total = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 1 + seeds.nextInt(9);
                total += weights[i];
            }
            AliasTable table = new AliasTable(HandPeers.ofWeights(weights));
            int[] counts = new int[weights.length];
            for (int place = 0; place < weights.length; place++) {
                for (int within = 0; within < total; within++) {
                    counts[table.draw(valueFor(place, weights.length, within, total))]++;
                }
            }
            int[] wanted = Arrays.stream(weights)
                    .map(weight -> weight * weights.length)
                    .toArray();
            assertArrayEquals(wanted, counts, Arrays.toString(weights));
        }
    }

    /** A value in the middle of those that mean this place and this part of it. */
    private static Randomness valueFor(int place, int places, int within, int total) {
        double share = (place + (within + 0.5) / total) / places;
        long value = (long) (share * 0x1p63) << 1;
        return () -> value;
    }

    @Test
    void a_share_of_one_in_a_million_is_neither_lost_nor_doubled() {
        AliasTable table = new AliasTable(HandPeers.ofWeights(1_000_000, 1));
        SeededRandomness random = new SeededRandomness(4);
        int rare = 0;
        for (int i = 0; i < 20_000_000; i++) {
            rare += table.draw(random);
        }
        assertEquals(20, rare, 15);
    }
}
