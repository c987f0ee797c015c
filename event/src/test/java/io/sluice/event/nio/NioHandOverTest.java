package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.core.connection.Endpoint;
import io.sluice.event.spi.Readiness;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioHandOverTest {
    @Test
    void a_socket_accepted_by_one_driver_is_reported_by_the_one_that_adopts_it() throws Exception {
        try (NioPair accepting = new NioPair(16);
                NioPair working = new NioPair(16)) {
            Endpoint endpoint = accepting.accept();
            working.driver.adopt(endpoint);
            endpoint.attach(5, false);
            accepting.peerWrites(3);
            assertEquals(Readiness.READ, working.readinessOf(5));
            assertEquals(3, endpoint.read(working.pool.take(256)));
            assertEquals(0, accepting.driver.poll(0));
        }
    }

    @Test
    void a_socket_taken_out_of_one_driver_works_in_another_before_the_first_has_polled() throws Exception {
        try (NioPair former = new NioPair(16);
                NioPair next = new NioPair(16)) {
            Endpoint endpoint = former.attached(1);
            former.peerWrites(1);
            assertEquals(Readiness.READ, former.readinessOf(1));
            endpoint.detach();
            next.driver.adopt(endpoint);
            endpoint.attach(2, false);
            assertEquals(Readiness.READ, next.readinessOf(2));
            assertEquals(1, endpoint.read(next.pool.take(256)));
            assertEquals(0, former.driver.poll(0));
        }
    }

    @Test
    void an_attached_socket_is_not_adopted() throws Exception {
        try (NioPair former = new NioPair(16);
                NioPair next = new NioPair(16)) {
            Endpoint endpoint = former.attached(1);
            assertThrows(IllegalStateException.class, () -> next.driver.adopt(endpoint));
        }
    }
}
