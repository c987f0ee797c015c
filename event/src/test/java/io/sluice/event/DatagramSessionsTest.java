package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Slot;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SharedEndpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A table is a map from who sent a datagram to a session, whatever the hashes are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramSessionsTest {
    private static final int STEPS = 5_000;

    /** The number of a datagram is its client's. */
    private final Map<Integer, SharedEndpoint> clients = new HashMap<>();

    private final DatagramSessions table = new DatagramSessions();
    private final Map<Integer, DatagramSession> model = new HashMap<>();
    private final Slot slot = new ConnectionPool(1, new ModelEngine()).slot(0);

    @Test
    void any_history_is_that_of_a_map_though_all_hashes_are_the_same() {
        history(source(1), 12);
    }

    @Test
    void any_history_is_that_of_a_map_with_few_hashes() {
        history(source(7), 50);
    }

    @Test
    void any_history_is_that_of_a_map_with_a_hash_for_each() {
        history(source(Integer.MAX_VALUE), 200);
    }

    @Test
    void who_is_not_there_cannot_be_taken_out() {
        DatagramSource source = source(7);
        DatagramSession never = session(1);
        table.remove(never);
        assertEquals(0, table.size());
        assertNull(table.find(source, 1));
    }

    private void history(DatagramSource source, int clientCount) {
        Random random = new Random(Long.getLong("sluice.test.seed", 3));
        for (int step = 0; step < STEPS; step++) {
            int client = random.nextInt(clientCount);
            DatagramSession known = model.get(client);
            assertSame(known, table.find(source, client));
            if (known == null) {
                DatagramSession made = session(client);
                table.add(made);
                model.put(client, made);
            } else if (random.nextInt(3) > 0) {
                known.left();
                model.remove(client);
            }
            assertEquals(model.size(), table.size());
        }
    }

    private int hashes;

    private DatagramSource source(int differentHashes) {
        hashes = differentHashes;
        DatagramSource source = mock(DatagramSource.class, withSettings().stubOnly());
        when(source.hash(anyInt())).thenAnswer(call -> hash(call.getArgument(0)));
        when(source.isOf(anyInt(), any()))
                .thenAnswer(call -> clients.get(call.<Integer>getArgument(0)) == call.getArgument(1));
        return source;
    }

    private int hash(int client) {
        return client % hashes - 3;
    }

    private DatagramSession session(int client) {
        DatagramSession session = new DatagramSession(table, hash(client), slot);
        session.endpoint(clients.computeIfAbsent(client, _ -> mock(SharedEndpoint.class)));
        return session;
    }
}
