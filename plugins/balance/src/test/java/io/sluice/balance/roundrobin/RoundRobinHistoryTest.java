package io.sluice.balance.roundrobin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.balance.History;
import io.sluice.balance.Loaded;
import io.sluice.balance.NginxModel;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundRobinHistoryTest {
    private static final int SEEDS = 80;

    private Balanced balanced;
    private int gets;
    private int readings;

    @Test
    void every_choice_and_every_counter_is_that_of_nginx() {
        new History("round-robin", History.Servers.ANY, NginxModel::new)
                .watchedBy(this::watch)
                .run(SEEDS, (balance, servers) -> {
                    balanced = Balanced.of(servers);
                    return balanced.upstream();
                });
        assertTrue(readings > gets / 3, "the period was read in only " + readings + " of " + gets + " gets");
    }

    private void watch() {
        gets++;
        readings += balanced.primary().isReading() ? 1 : 0;
    }

    @Test
    void wishes_for_one_server_cost_it_turns_as_in_nginx() {
        new History("round-robin", History.Servers.ANY, NginxModel::new)
                .withHints()
                .run(SEEDS, Loaded::of);
    }
}
