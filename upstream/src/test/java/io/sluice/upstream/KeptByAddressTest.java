package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptByAddressTest {
    private static final Reach HTTP = Reach.plain("http");
    private static final Reach OTHER = Reach.plain("other");

    private static Address address(int number) {
        return Address.inet(new byte[] {127, (byte) (number >> 16), (byte) (number >> 8), (byte) number}, 8080);
    }

    private static KeptConnection kept(int number, Reach by) {
        PeerTerms terms = new PeerTerms(1, 0, 1, 10_000, 0, Standing.UP, false, null);
        Peer peer = new Peer(new PeerSpec(address(number), "a peer", terms), new PeerState());
        return new KeptConnection(null, null, peer, by, 0);
    }

    @Test
    void any_history_finds_what_a_list_would_find() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        Random random = new Random(seed);
        KeptByAddress table = new KeptByAddress(20);
        List<KeptConnection> model = new ArrayList<>();
        for (int step = 0; step < 200_000; step++) {
            if (model.size() < 40 && random.nextInt(5) < 3) {
                KeptConnection item = kept(random.nextInt(30), random.nextInt(4) == 0 ? OTHER : HTTP);
                table.add(item);
                model.addFirst(item);
            } else if (!model.isEmpty()) {
                table.remove(model.remove(random.nextInt(model.size())));
            }
            Address to = address(random.nextInt(30));
            Reach by = random.nextBoolean() ? HTTP : OTHER;
            KeptConnection expected = model.stream()
                    .filter(item -> item.matches(to, by))
                    .findFirst()
                    .orElse(null);
            assertSame(expected, table.find(to, by), () -> "with -Dsluice.test.seed=" + seed);
        }
    }

    @Test
    void who_has_left_has_no_neighbours_any_more() {
        KeptByAddress table = new KeptByAddress(1);
        KeptConnection first = kept(1, HTTP);
        KeptConnection second = kept(1, HTTP);
        table.add(first);
        table.add(second);
        table.remove(second);
        assertNull(second.before);
        assertNull(second.behind);
        assertSame(first, table.find(address(1), HTTP));
        table.remove(first);
        assertNull(table.find(address(1), HTTP));
    }

    @Test
    void addresses_that_follow_each_other_do_not_fall_together() {
        KeptByAddress table = new KeptByAddress(10_000);
        int[] lengths = new int[1 << 16];
        int longest = 0;
        for (int i = 0; i < 10_000; i++) {
            longest = Math.max(longest, ++lengths[table.chain(address(i))]);
        }
        int most = longest;
        assertTrue(most <= 8, () -> most + " in one chain");
        for (int port = 0; port < 10_000; port++) {
            int length = ++lengths[table.chain(Address.inet(new byte[] {10, 0, 0, 1}, 10_000 + port))];
            assertTrue(length <= 16, () -> length + " in one chain");
        }
    }
}
