package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How many of those who are queued one turn of the loop takes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AcceptTurnTest {
    private final Recorder plugin = new Recorder("tiny");
    private final List<ScriptedConnection> clients = new ArrayList<>();

    AcceptTurnTest() {
        plugin.in("accepted", _ -> {});
        plugin.in("readable", _ -> {});
    }

    private void queue(Stepped server, int more) {
        for (int i = 0; i < more; i++) {
            clients.add(server.net().connect());
        }
    }

    /** Turns once; answers how many more are accepted after it. */
    private int turn(Stepped server) {
        long before = accepted();
        server.turn();
        return (int) (accepted() - before);
    }

    private long accepted() {
        return clients.stream().filter(ScriptedConnection::isAccepted).count();
    }

    @Test
    void those_who_are_queued_are_taken_together_up_to_the_limit() {
        try (Stepped server = plugin.start("events.accepts-per-turn = 5")) {
            queue(server, 12);
            assertEquals(List.of(5, 5, 2, 0), List.of(turn(server), turn(server), turn(server), turn(server)));
        }
    }

    @Test
    void one_at_a_time_is_a_choice() {
        try (Stepped server = plugin.start("events.accepts-per-turn = 1")) {
            queue(server, 3);
            assertEquals(List.of(1, 1, 1, 0), List.of(turn(server), turn(server), turn(server), turn(server)));
        }
    }

    @Test
    void where_clients_come_one_by_one_nobody_is_looked_for_behind_them() {
        try (Stepped server = plugin.start("events.accepts-per-turn = 5")) {
            for (int i = 0; i < 20; i++) {
                queue(server, 1);
                assertEquals(1, turn(server));
            }
            // Two now, but the second is not looked for: it is told of again.
            queue(server, 2);
            assertEquals(1, turn(server));
            assertEquals(1, turn(server));
        }
    }

    @Test
    void a_crowd_after_many_single_clients_is_noticed_after_a_while() {
        try (Stepped server = plugin.start("events.accepts-per-turn = 5")) {
            for (int i = 0; i < 20; i++) {
                queue(server, 1);
                turn(server);
            }
            queue(server, 60);
            List<Integer> taken = new ArrayList<>();
            while (accepted() < clients.size()) {
                taken.add(turn(server));
            }
            assertTrue(taken.contains(5), taken::toString);
        }
    }
}
