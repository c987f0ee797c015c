package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The memory of a connection begins as its listener says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PoolSizeTest {
    @Test
    void the_first_block_of_a_pool_is_as_large_as_the_listener_says() {
        try (TestEngine engine = new TestEngine()) {
            ConnectionPool pool = new ConnectionPool(2, engine);
            Address at = Address.inet(new byte[] {127, 0, 0, 1}, 80);
            for (int bytes : new int[] {256, 2048}) {
                Slot slot = pool.take();
                slot.endpoint(new TestEndpoint(engine.slabs.nativeAccess()));
                ListenOptions options = ListenOptions.DEFAULT.with().pool(bytes).build();
                Connection made = pool.open(slot, new Listening(at, options, "party", null, null, "test.conf:1"), null);
                made.pool().take(100);
                made.pool().take(100);
                assertEquals(bytes, engine.slabs.budget().reservedBytes());
                made.close(CloseReason.FINISHED);
                assertEquals(0, engine.slabs.budget().reservedBytes());
            }
        }
    }
}
