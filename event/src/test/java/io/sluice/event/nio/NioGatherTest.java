package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.connection.Endpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioGatherTest {
    private static final long ALL = Long.MAX_VALUE;
    private static final int LARGE = NioGather.COPIED_BYTES + 1;

    private final Random random = new Random(20_260_101);
    private NioPair pair;
    private Endpoint endpoint;

    @BeforeEach
    void connect() throws Exception {
        pair = new NioPair(16);
        endpoint = pair.attached(1);
    }

    @AfterEach
    void close() throws Exception {
        pair.close();
    }

    @Test
    void small_and_large_bufs_arrive_in_their_order() throws Exception {
        assertArrivesWhole(filled(300), filled(LARGE), filled(20), filled(5), filled(2 * LARGE));
    }

    @Test
    void a_single_large_buf_arrives() throws Exception {
        assertArrivesWhole(filled(LARGE));
    }

    @Test
    void many_views_of_one_block_arrive_each_with_its_own_bytes() throws Exception {
        Buf whole = filled(60_000);
        Buf[] views = new Buf[6];
        for (int i = 0; i < views.length; i++) {
            views[i] = pair.pool.view(whole, i * 10_000, i * 10_000 + 9_000);
        }
        assertArrivesWhole(views);
    }

    @Test
    void the_same_bytes_linked_twice_arrive_twice() throws Exception {
        Buf whole = filled(LARGE);
        assertArrivesWhole(whole, pair.pool.view(whole, 0, LARGE), whole);
    }

    @Test
    void a_small_view_between_two_large_ones_of_the_same_block_disturbs_neither() throws Exception {
        Buf whole = filled(3 * LARGE);
        assertArrivesWhole(
                pair.pool.view(whole, 0, LARGE), pair.pool.view(whole, 5, 10), pair.pool.view(whole, LARGE, 3 * LARGE));
    }

    @Test
    void constants_of_any_size_arrive() throws Exception {
        byte[] bytes = new byte[LARGE];
        random.nextBytes(bytes);
        Constant small = Constant.of(new byte[] {13, 10});
        Constant large = Constant.of(bytes);
        assertArrivesWhole(pair.pool.view(small), pair.pool.view(large), pair.pool.view(small), pair.pool.view(large));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 299, 300, 301, 300 + LARGE - 1, 300 + LARGE, 300 + LARGE + 1})
    void no_more_than_the_limit_goes_out(int limit) throws Exception {
        Chain chain = chain(filled(300), filled(LARGE), filled(2 * LARGE));
        byte[] expected = Arrays.copyOf(bytesOf(chain), limit);
        assertEquals(limit, endpoint.writev(chain, limit));
        assertArrayEquals(expected, received(limit));
    }

    @Test
    void the_bufs_stay_where_they_were() throws Exception {
        Buf small = filled(100);
        Buf large = filled(LARGE);
        assertEquals(100 + LARGE, endpoint.writev(chain(small, large), ALL));
        assertEquals(100, small.size());
        assertEquals(LARGE, large.size());
    }

    @Test
    void one_call_takes_as_many_bufs_as_the_seam_promises_and_marks_do_not_count() throws Exception {
        Chain first = null;
        for (int i = 0; i < Endpoint.GATHER + 10; i++) {
            first = before(pair.pool.mark().flush(true), before(filled(1), first));
        }
        byte[] expected = Arrays.copyOf(bytesOf(first), Endpoint.GATHER);
        assertEquals(Endpoint.GATHER, endpoint.writev(first, ALL));
        assertArrayEquals(expected, received(Endpoint.GATHER));
    }

    @Test
    void chains_of_all_kinds_arrive_as_they_are() throws Exception {
        for (int round = 0; round < 300; round++) {
            Chain chain = randomChain();
            long limit = random.nextBoolean() ? ALL : 1 + random.nextInt(40_000);
            byte[] bytes = bytesOf(chain);
            long sent = endpoint.writev(chain, limit);
            assertEquals(Math.min(bytes.length, limit), sent, "round " + round);
            assertArrayEquals(Arrays.copyOf(bytes, (int) sent), received((int) sent), "round " + round);
            pair.pool.end();
        }
    }

    /** Views of a few blocks and constants, many of them of the same block, on both sides of the size up to which is copied. */
    private Chain randomChain() {
        Buf[] blocks = {filled(1 + random.nextInt(30_000)), filled(1 + random.nextInt(30_000)), filled(500)};
        Constant constant = Constant.of(new byte[1 + random.nextInt(2 * LARGE)]);
        Chain chain = null;
        for (int links = 1 + random.nextInt(8); links > 0; links--) {
            Buf block = blocks[random.nextInt(blocks.length)];
            int from = random.nextInt(block.last());
            int to = from + 1 + random.nextInt(block.last() - from);
            Buf buf = random.nextInt(5) == 0 ? pair.pool.view(constant) : pair.pool.view(block, from, to);
            chain = before(buf, chain);
        }
        return chain;
    }

    private void assertArrivesWhole(Buf... bufs) throws Exception {
        Chain chain = chain(bufs);
        byte[] expected = bytesOf(chain);
        assertEquals(expected.length, endpoint.writev(chain, ALL));
        assertArrayEquals(expected, received(expected.length));
    }

    private Buf filled(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Buf buf = pair.pool.take(bytes);
        buf.put(content);
        return buf;
    }

    private Chain chain(Buf... bufs) {
        Chain chain = null;
        for (int i = bufs.length - 1; i >= 0; i--) {
            chain = before(bufs[i], chain);
        }
        return chain;
    }

    private Chain before(Buf buf, Chain rest) {
        Chain link = pair.pool.link(buf);
        link.next(rest);
        return link;
    }

    private static byte[] bytesOf(Chain chain) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Chain link = chain; link != null; link = link.next()) {
            Buf buf = link.buf();
            byte[] part = new byte[(int) buf.size()];
            if (part.length > 0) {
                buf.get(buf.pos(), part, 0, part.length);
            }
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] received(int bytes) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        while (all.hasRemaining()) {
            assertEquals(true, pair.peer().read(all) > 0);
        }
        return all.array();
    }
}
