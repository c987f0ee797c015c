package io.sluice.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Address;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Peer;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Long random histories, before, through and after trouble: each choice and each counter must be the model's.
 */
public final class History {
    private static final int MOST_RUNNING = 6;
    private static final int STEPS = 3_000;

    /** What the servers of a history can be given. */
    public enum Servers {
        /** All that there is. */
        ANY,
        /** No backups. */
        PRIMARY,
        /** No backups, and several may share a text. */
        SHARING
    }

    /** One request that holds a peer, here and in the model. */
    private record Running(Selection ours, NginxModel.Request theirs) {}

    private final String balance;
    private final Servers kind;
    private final BiFunction<List<NginxModel.Server>, List<NginxModel.Server>, NginxModel> nginx;
    private final List<Running> running = new ArrayList<>();
    private final List<Selection> spare = new ArrayList<>();
    private Runnable watcher = () -> {};
    private boolean hints;
    private int pace = 1;
    private long now = 1_000_000;

    /** @param balance the setting */
    public History(
            String balance,
            Servers kind,
            BiFunction<List<NginxModel.Server>, List<NginxModel.Server>, NginxModel> nginx) {
        this.balance = balance;
        this.kind = kind;
        this.nginx = nginx;
    }

    /** Some requests want one certain server. */
    public History withHints() {
        hints = true;
        return this;
    }

    /** All times are longer by far. */
    public History atLongerTimes() {
        pace = 37;
        return this;
    }

    /** Is run before each get. */
    public History watchedBy(Runnable each) {
        watcher = each;
        return this;
    }

    /** @param loader makes the upstream of the balance setting and the servers */
    public void run(int seeds, BiFunction<String, String, Upstream> loader) {
        for (long seed = 1; seed <= seeds; seed++) {
            run(seed, loader);
        }
    }

    private void run(long seed, BiFunction<String, String, Upstream> loader) {
        Randomness random = new SeededRandomness(seed);
        running.clear();
        List<NginxModel.Server> primary = new ArrayList<>();
        List<NginxModel.Server> backup = new ArrayList<>();
        StringBuilder settings = new StringBuilder();
        boolean limits = random.nextInt(3) == 0;
        servers(random, primary, 1 + random.nextInt(6), limits, settings, "off");
        if (kind == Servers.ANY) {
            servers(random, backup, Math.max(0, random.nextInt(5) - 2), limits, settings, "on");
        }
        NginxModel model = nginx.apply(primary, backup);
        Upstream upstream = loader.apply(balance, settings.toString());
        int trouble = 0;
        for (int step = 0; step < STEPS; step++) {
            // Calm for most of the time, then failures for a while.
            if (trouble == 0 && random.nextInt(400) == 0) {
                trouble = 1 + random.nextInt(60);
            }
            trouble = Math.max(0, trouble - 1);
            int at = step;
            Supplier<String> where = () -> "seed " + seed + ", step " + at + ", " + settings + "\n" + model;
            step(random, upstream, model, trouble > 0, where);
            compare(upstream, model, where);
        }
    }

    private void servers(
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
            int timeout = pace * random.nextInt(20);
            boolean down = random.nextInt(10) == 0;
            int port = kind == Servers.SHARING ? 1 + random.nextInt(count) : i + 1;
            String text = "127.0.0.1:" + port;
            into.add(new NginxModel.Server(text, weight, maxFails, maxConns, timeout, down));
            settings.append("{ address = \"")
                    .append(text)
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
                    .append(", route = ")
                    .append(backup)
                    .append(i)
                    .append(" }, ");
        }
    }

    private void step(Randomness random, Upstream upstream, NginxModel model, boolean trouble, Supplier<String> where) {
        if (random.nextInt(4) == 0) {
            now += random.nextInt(pace * (trouble ? 4 : 15));
        }
        boolean begin = running.isEmpty() || running.size() < MOST_RUNNING && random.nextInt(2) == 0;
        if (begin) {
            Selection ours = spare.isEmpty() ? new Selection(new SeededRandomness(1)) : spare.removeLast();
            get(random, model, started(random, upstream, model, ours), where);
            return;
        }
        int which = random.nextInt(running.size());
        Running one = running.get(which);
        if (random.nextInt(3) == 0) {
            one.ours().tell(PeerEvent.HEADER, now);
            model.notify(one.theirs(), PeerEvent.HEADER, now);
            return;
        }
        running.remove(which);
        Outcome outcome = outcome(random, trouble);
        one.ours().free(outcome, now);
        model.free(one.theirs(), outcome, now);
        boolean again = outcome.isFailed() || outcome.isNext();
        if (again && random.nextInt(3) > 0) {
            get(random, model, one, where);
        } else {
            spare.add(one.ours());
        }
    }

    private static Running started(Randomness random, Upstream upstream, NginxModel model, Selection ours) {
        ours.start(upstream);
        byte[] key = random.nextInt(20) == 0
                ? new byte[0]
                : ("/path/" + random.nextInt(50)).getBytes(StandardCharsets.UTF_8);
        // Bytes behind the key are somebody else's.
        byte[] lent = new byte[key.length + 3];
        System.arraycopy(key, 0, lent, 0, key.length);
        ours.key(lent, key.length);
        int family = random.nextInt(5);
        if (family == 0) {
            ours.client(Address.unix("/run/client".getBytes(StandardCharsets.UTF_8)));
            return new Running(ours, model.start(key, null));
        }
        byte[] client = new byte[family == 1 ? 16 : 4];
        for (int i = 0; i < client.length; i++) {
            client[i] = (byte) random.nextInt(256);
        }
        ours.client(Address.inet(client.clone(), 1));
        return new Running(ours, model.start(key, client));
    }

    private static Outcome outcome(Randomness random, boolean trouble) {
        if (!trouble) {
            return random.nextInt(2) == 0 ? Outcome.DONE : Outcome.KEEPALIVE;
        }
        return Outcome.values()[random.nextInt(Outcome.values().length)];
    }

    private void get(Randomness random, NginxModel model, Running one, Supplier<String> where) {
        watcher.run();
        boolean got;
        if (hints && model.primary.size() > 1 && one.theirs().group == model.primary && random.nextInt(3) == 0) {
            // Often the same one, so that it comes to have paid too much.
            int wished = Math.max(0, random.nextInt(model.primary.size() + 4) - 4);
            one.ours().hint("off" + wished);
            got = model.getHinted(one.theirs(), wished, now);
        } else {
            got = model.get(one.theirs(), now);
        }
        assertEquals(got ? Choice.PEER : Choice.BUSY, one.ours().get(now), where);
        assertEquals(one.theirs().held(), one.ours().taken(), where);
        if (got) {
            running.add(one);
        } else {
            spare.add(one.ours());
        }
    }

    private static void compare(Upstream upstream, NginxModel model, Supplier<String> where) {
        List<NginxModel.Server> servers = new ArrayList<>(model.primary);
        servers.addAll(model.backup);
        List<Peer> peers = upstream.peers();
        for (int i = 0; i < servers.size(); i++) {
            assertEquals(servers.get(i).conns, peers.get(i).active(), where);
            // With max-fails 0 nginx counts failures and never asks.
            if (servers.get(i).maxFails > 0 && servers.size() > 1) {
                assertEquals(servers.get(i).fails, peers.get(i).fails(), where);
            }
        }
    }
}
