package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.PeerChooser;
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
        assertEquals(chosen, new LeastActive().choose(new Table(first, second, third), 0));
        assertEquals(-1, PeerChooser.NONE);
    }

    private record Table(String... rows) implements Candidates {
        private int number(int index, int which) {
            return Integer.parseInt(rows[index].replace(" x", "").split("/")[which]);
        }

        @Override
        public boolean mayTry(int index) {
            return !rows[index].endsWith("x");
        }

        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public int weight(int index) {
            return number(index, 1);
        }

        @Override
        public int active(int index) {
            return number(index, 0);
        }

        @Override
        public int maxActive(int index) {
            return 0;
        }

        @Override
        public int fails(int index) {
            return 0;
        }

        @Override
        public int maxFails(int index) {
            return 1;
        }

        @Override
        public boolean isDown(int index) {
            return false;
        }

        @Override
        public Address address(int index) {
            return Address.inet(new byte[] {10, 0, 0, (byte) index}, 80);
        }

        @Override
        public String server(int index) {
            return address(index).toString();
        }
    }
}
