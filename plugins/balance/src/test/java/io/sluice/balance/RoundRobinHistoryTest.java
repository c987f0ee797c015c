package io.sluice.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Peer;
import io.sluice.upstream.Selection;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Long random histories, before, through and after trouble, against the model of nginx. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundRobinHistoryTest {
    private static final int STEPS = 3_000;
    private static final int MOST_RUNNING = 6;

    /** One request that holds a peer, here and in the model. */
    private record Running(Selection ours, NginxModel.Request theirs) {}

    private final List<Running> running = new ArrayList<>();
    private final List<Selection> spare = new ArrayList<>();
    private long now = 1_000_000;
    private int readings;

    @Test
    void every_choice_and_every_counter_is_that_of_nginx() {
        for (long seed = 1; seed <= 80; seed++) {
            history(seed);
        }
        assertTrue(readings > 80 * STEPS / 5, "the period was read in only " + readings + " gets");
    }

    private void history(long seed) {
        Randomness random = new SeededRandomness(seed);
        running.clear();
        List<NginxModel.Server> primary = new ArrayList<>();
        List<NginxModel.Server> backup = new ArrayList<>();
        StringBuilder settings = new StringBuilder();
        boolean limits = random.nextInt(3) == 0;
        servers(random, primary, 1 + random.nextInt(6), limits, settings, "off");
        servers(random, backup, Math.max(0, random.nextInt(5) - 2), limits, settings, "on");
        NginxModel model = new NginxModel(primary, backup);
        Balanced balanced = Balanced.of(settings.toString());
        int trouble = 0;
        for (int step = 0; step < STEPS; step++) {
            // Calm for most of the time, then failures for a while.
            if (trouble == 0 && random.nextInt(400) == 0) {
                trouble = 1 + random.nextInt(60);
            }
            trouble = Math.max(0, trouble - 1);
            int at = step;
            Supplier<String> where = () -> "seed " + seed + ", step " + at + ", " + settings + "\n" + model;
            step(random, balanced, model, trouble > 0, where);
            compare(balanced, model, where);
        }
    }

    private static void servers(
            Randomness random,
            List<NginxModel.Server> into,
            int count,
            boolean limits,
            StringBuilder settings,
            String backup) {
        for (int i = 0; i < count; i++) {
            int weight = 1 + random.nextInt(7);
            int maxFails = random.nextInt(4);
            int maxConns = limits && random.nextInt(2) == 0 ? 1 + random.nextInt(4) : 0;
            int timeout = random.nextInt(20);
            boolean down = random.nextInt(10) == 0;
            into.add(new NginxModel.Server(weight, maxFails, maxConns, timeout, down));
            settings.append("{ address = \"127.0.0.1:")
                    .append(i + 1)
                    .append("\", weight = ")
                    .append(weight)
                    .append(", max-fails = ")
                    .append(maxFails)
                    .append(", max-conns = ")
                    .append(maxConns)
                    .append(", fail-timeout = ")
                    .append(timeout)
                    .append("ms, backup = ")
                    .append(backup)
                    .append(", down = ")
                    .append(down)
                    .append(" }, ");
        }
    }

    private void step(Randomness random, Balanced balanced, NginxModel model, boolean trouble, Supplier<String> where) {
        if (random.nextInt(4) == 0) {
            now += random.nextInt(trouble ? 4 : 15);
        }
        boolean begin = running.isEmpty() || running.size() < MOST_RUNNING && random.nextInt(2) == 0;
        if (begin) {
            Selection ours = spare.isEmpty() ? new Selection(new SeededRandomness(1)) : spare.removeLast();
            ours.start(balanced.upstream());
            get(balanced, model, new Running(ours, model.start()), where);
            return;
        }
        Running one = running.remove(random.nextInt(running.size()));
        Outcome outcome = outcome(random, trouble);
        one.ours().free(outcome, now);
        model.free(one.theirs(), outcome, now);
        boolean again = outcome == Outcome.FAILED || outcome == Outcome.NEXT;
        if (again && random.nextInt(3) > 0) {
            get(balanced, model, one, where);
        } else {
            spare.add(one.ours());
        }
    }

    private static Outcome outcome(Randomness random, boolean trouble) {
        if (!trouble) {
            return random.nextInt(2) == 0 ? Outcome.DONE : Outcome.KEEPALIVE;
        }
        return Outcome.values()[random.nextInt(4)];
    }

    private void get(Balanced balanced, NginxModel model, Running one, Supplier<String> where) {
        readings += balanced.primary().isReading() ? 1 : 0;
        boolean got = model.get(one.theirs(), now);
        assertEquals(got ? Choice.PEER : Choice.BUSY, one.ours().get(now), where);
        assertEquals(one.theirs().held(), one.ours().taken(), where);
        if (got) {
            running.add(one);
        } else {
            spare.add(one.ours());
        }
    }

    private static void compare(Balanced balanced, NginxModel model, Supplier<String> where) {
        List<NginxModel.Server> servers = new ArrayList<>(model.primary);
        servers.addAll(model.backup);
        List<Peer> peers = balanced.upstream().peers();
        for (int i = 0; i < servers.size(); i++) {
            assertEquals(servers.get(i).conns, peers.get(i).active(), where);
            // With max-fails 0 nginx counts failures and never asks.
            if (servers.get(i).maxFails > 0 && servers.size() > 1) {
                assertEquals(servers.get(i).fails, peers.get(i).fails(), where);
            }
        }
    }
}
