package io.sluice.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomnessTest {
    @Test
    void a_seed_gives_the_published_sequence_of_splitmix64() {
        // The first outputs for the seed 1234567, as printed beside the algorithm's reference.
        Randomness seeded = new SeededRandomness(1234567);
        assertEquals(6457827717110365317L, seeded.nextLong());
        assertEquals(3203168211198807973L, seeded.nextLong());
        assertEquals(-8629252141511181193L, seeded.nextLong());
    }

    @Test
    void two_seeds_give_two_sequences() {
        assertNotEquals(new SeededRandomness(1).nextLong(), new SeededRandomness(2).nextLong());
    }

    @Test
    void a_bounded_value_is_never_outside() {
        Randomness smallest = () -> 0;
        Randomness largest = () -> -1;
        for (int bound : new int[] {1, 2, 3, 1000, Integer.MAX_VALUE}) {
            assertEquals(0, smallest.nextInt(bound));
            assertEquals(bound - 1, largest.nextInt(bound));
        }
    }

    @Test
    void bounded_values_are_spread_evenly() {
        Randomness seeded = new SeededRandomness(42);
        int[] seen = new int[7];
        for (int i = 0; i < 70_000; i++) {
            seen[seeded.nextInt(7)]++;
        }
        for (int count : seen) {
            assertTrue(count > 9_500 && count < 10_500, "seen " + count + " times instead of about 10000");
        }
    }

    @Test
    void a_bound_must_be_positive() {
        Randomness seeded = new SeededRandomness(42);
        assertThrows(IllegalArgumentException.class, () -> seeded.nextInt(0));
        assertThrows(IllegalArgumentException.class, () -> seeded.nextInt(-1));
    }

    @Test
    void the_system_does_not_repeat_itself() {
        Randomness system = new SystemRandomness();
        assertNotEquals(system.nextLong(), system.nextLong());
    }
}
