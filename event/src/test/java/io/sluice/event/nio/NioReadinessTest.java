package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.core.connection.Endpoint;
import io.sluice.event.spi.Readiness;
import java.nio.channels.SelectionKey;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only this driver has to care for: its selector knows levels, not edges. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioReadinessTest {
    @Test
    void bytes_that_nobody_reads_do_not_make_the_selector_spin() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            pair.peerWrites(1);
            assertEquals(Readiness.READ, pair.readinessOf(1));
            // The selector says it once more, which is how the driver learns that nobody has read.
            assertEquals(0, pair.driver.poll(-1));
            assertEquals(0, pair.selector.selectNow());

            endpoint.awaitRead();
            assertEquals(Readiness.READ, pair.readinessOf(1));
        }
    }

    @Test
    void a_socket_that_is_read_stays_armed_for_reading() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            pair.driver.poll(0);
            SelectionKey key = pair.selector.keys().iterator().next();
            for (int i = 0; i < 3; i++) {
                pair.peerWrites(1);
                assertEquals(Readiness.READ, pair.readinessOf(1));
                assertEquals(1, endpoint.read(pair.pool.take(256)));
                endpoint.awaitRead();
                assertEquals(SelectionKey.OP_READ, key.interestOps());
            }
        }
    }

    @Test
    void a_socket_that_can_be_written_does_not_make_the_selector_spin() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            endpoint.awaitWrite();
            assertEquals(Readiness.WRITE, pair.readinessOf(1));
            assertEquals(0, pair.selector.selectNow());
        }
    }

    @Test
    void what_one_poll_cannot_report_the_next_ones_do() throws Exception {
        try (NioPair pair = new NioPair(1)) {
            for (int token = 1; token <= 3; token++) {
                pair.attached(token);
            }
            pair.everyPeerWrites(1);
            Set<Long> seen = new HashSet<>();
            while (seen.size() < 3) {
                if (pair.driver.poll(-1) == 1) {
                    seen.add(pair.driver.token(0));
                }
            }
            assertEquals(Set.of(1L, 2L, 3L), seen);
        }
    }

    @Test
    void a_socket_closed_before_it_was_reported_is_not_reported() throws Exception {
        try (NioPair pair = new NioPair(1)) {
            Endpoint[] endpoints = new Endpoint[2];
            for (int i = 0; i < 2; i++) {
                endpoints[i] = pair.attached(i);
            }
            pair.everyPeerWrites(1);
            // Makes the driver find both, whichever comes first.
            assertEquals(1, pair.driver.poll(-1));
            int first = (int) pair.driver.token(0);
            endpoints[1 - first].close();
            assertEquals(0, pair.driver.poll(0));
        }
    }

    @Test
    void a_socket_taken_out_and_put_in_again_is_reported_under_its_new_token() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint endpoint = pair.attached(1);
            endpoint.detach();
            assertFalse(endpoint.attached());
            endpoint.attach(2, false);
            pair.peerWrites(1);
            assertEquals(Readiness.READ, pair.readinessOf(2));
        }
    }

    @Test
    void putting_a_socket_in_again_does_not_swallow_a_wake_up_or_a_result() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Endpoint moved = pair.attached(1);
            Endpoint other = pair.attached(2);
            moved.detach();
            pair.driver.wakeup();
            moved.attach(3, false);
            assertEquals(0, pair.driver.poll(-1));

            // The other one's bytes are found while the first is put in again.
            pair.peerWrites(1);
            moved.detach();
            moved.attach(4, false);
            assertEquals(Readiness.READ, pair.readinessOf(2));
            assertEquals(1, other.read(pair.pool.take(256)));
        }
    }

    @Test
    void an_interrupt_left_on_the_thread_does_not_end_every_later_poll() throws Exception {
        try (NioPair pair = new NioPair(16)) {
            Thread.currentThread().interrupt();
            assertEquals(0, pair.driver.poll(-1));
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void a_wait_is_rounded_up_to_whole_milliseconds() {
        assertEquals(1, NioDriver.millis(1));
        assertEquals(1, NioDriver.millis(1_000_000));
        assertEquals(2, NioDriver.millis(1_000_001));
        assertNotEquals(0, NioDriver.millis(Long.MAX_VALUE));
    }
}
