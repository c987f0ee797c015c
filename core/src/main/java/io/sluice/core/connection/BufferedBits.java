package io.sluice.core.connection;

import io.sluice.core.connection.BufferedBit.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which buffered bit. Filled while a cycle is built; a bit keeps its value by its name over reloads, so {@link #next()} starts
 * the next cycle's registry with the values of this one.
 *
 * <p><b>Thread:</b> whoever builds the cycle; read-only afterwards.
 */
public final class BufferedBits {
    /** Plugins get these first: no module of nginx has them. */
    private static final int[] CONNECTION_ORDER = {0x40, 0x80, 0x20, 0x04, 0x02, 0x08, 0x01};

    private static final int[] REQUEST_ORDER = {0x08, 0x10, 0x20, 0x40, 0x80, 0x04, 0x02, 0x01};

    /** For a promise that cannot be kept; the load is refused. */
    private static final int PLACEHOLDER = 0x80;

    private static final List<Official> OFFICIAL = List.of(
            new Official("ssl", Scope.CONNECTION, 0x01),
            new Official("http-v2", Scope.CONNECTION, 0x02),
            new Official("image", Scope.CONNECTION, 0x08),
            new Official("http-write", Scope.CONNECTION, 0x10),
            new Official("stream-write", Scope.CONNECTION, 0x10),
            new Official("http-gzip", Scope.CONNECTION, 0x20),
            new Official("ssi", Scope.REQUEST, 0x01),
            new Official("sub", Scope.REQUEST, 0x02),
            new Official("copy", Scope.REQUEST, 0x04));

    /** A bit that nginx's own modules use, free for others only when that module is not in the assembly. */
    private record Official(String name, Scope scope, int mask) {}

    private record Owner(String plugin, BufferedBit bit) {}

    private final Map<String, BufferedBit> remembered;
    private final Map<String, Owner> owners = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    private record Wish(String plugin, String name, Scope scope, BitPromise promise) {}

    public BufferedBits() {
        this(Map.of());
    }

    private BufferedBits(Map<String, BufferedBit> remembered) {
        this.remembered = remembered;
    }

    /** The registry for the next cycle: every name of this one gets its value again. */
    public BufferedBits next() {
        Map<String, BufferedBit> values = new LinkedHashMap<>(remembered);
        owners.forEach((key, owner) -> values.put(key, owner.bit()));
        return new BufferedBits(values);
    }

    /** Claims a bit by name; an official name gives its official value, any other a free one once all plugins have asked. */
    public BitPromise claim(String plugin, String name, Scope scope) {
        BitPromise promise = new BitPromise(name);
        Official official = official(name, scope);
        if (isTaken(plugin, name, scope)) {
            promise.keep(new BufferedBit(name, scope, official == null ? PLACEHOLDER : official.mask()));
        } else if (official != null) {
            promise.keep(take(plugin, new BufferedBit(name, scope, official.mask())));
        } else {
            wishes.add(new Wish(plugin, name, scope, promise));
        }
        return promise;
    }

    /** Whether the name is somebody's already, which is a problem that names both. */
    private boolean isTaken(String plugin, String name, Scope scope) {
        Owner namesake = owners.get(key(name, scope));
        String first = namesake == null ? wisher(name, scope) : namesake.plugin();
        if (first == null) {
            return false;
        }
        problems.add("the buffered bit " + name + " is claimed "
                + (first.equals(plugin) ? "twice by " + plugin : "by " + first + " and by " + plugin));
        return true;
    }

    private @Nullable String wisher(String name, Scope scope) {
        for (Wish wish : wishes) {
            if (wish.name().equals(name) && wish.scope() == scope) {
                return wish.plugin();
            }
        }
        return null;
    }

    /** Claims a fixed value. */
    public BitPromise claimFixed(String plugin, String name, Scope scope, int mask) {
        BitPromise promise = new BitPromise(name);
        BufferedBit bit = new BufferedBit(name, scope, mask);
        BufferedBit former = remembered.get(key(name, scope));
        if (former != null && former.mask() != mask) {
            problems.add("the buffered bit " + name + " of " + plugin + " is " + hex(former.mask())
                    + " while the server runs, it cannot become " + hex(mask));
        }
        if (!isTaken(plugin, name, scope)) {
            take(plugin, bit);
        }
        promise.keep(bit);
        return promise;
    }

    /** Gives every wish its bit. Called once, after all plugins were configured. The order in which they have asked does not count. */
    public void assign() {
        wishes.sort(Comparator.comparing(Wish::name).thenComparing(Wish::scope));
        for (Owner owner : owners.values()) {
            warnOfOfficial(owner.plugin(), owner.bit());
        }
        for (Wish wish : wishes) {
            BufferedBit former = remembered.get(key(wish.name(), wish.scope()));
            if (former == null) {
                continue;
            }
            Owner holder = holder(wish.scope(), former.mask());
            if (holder != null) {
                problems.add("buffered bit " + hex(former.mask()) + " is " + wish.name() + " of " + wish.plugin()
                        + " while the server runs, it cannot become "
                        + holder.bit().name() + " of " + holder.plugin());
                wish.promise().keep(former);
            } else {
                wish.promise().keep(take(wish.plugin(), former));
            }
        }
        for (Wish wish : wishes) {
            if (!wish.promise().isKept()) {
                assign(wish);
            }
        }
        wishes.clear();
    }

    private void warnOfOfficial(String plugin, BufferedBit bit) {
        Official official = officialOf(bit.scope(), bit.mask());
        if (official != null && official(bit.name(), bit.scope()) == null) {
            warnings.add("buffered bit " + hex(bit.mask()) + " of " + official.name()
                    + ", which is not loaded, goes to " + bit.name() + " of " + plugin);
        }
    }

    private void assign(Wish wish) {
        int[] order = wish.scope() == Scope.CONNECTION ? CONNECTION_ORDER : REQUEST_ORDER;
        for (int mask : order) {
            if (holder(wish.scope(), mask) == null && !isRemembered(wish.scope(), mask)) {
                BufferedBit bit = new BufferedBit(wish.name(), wish.scope(), mask);
                warnOfOfficial(wish.plugin(), bit);
                wish.promise().keep(take(wish.plugin(), bit));
                return;
            }
        }
        problems.add("no buffered bit of the " + wish.scope().name().toLowerCase(Locale.ROOT) + " is left for "
                + wish.name() + " of " + wish.plugin() + "; they belong to " + ownersOf(wish.scope()));
        wish.promise().keep(new BufferedBit(wish.name(), wish.scope(), PLACEHOLDER));
    }

    /** nginx gives the write filters of HTTP and of stream one value: a connection never has both. */
    private static boolean areTwins(BufferedBit one, BufferedBit other) {
        return isOfficial(one) && isOfficial(other);
    }

    private static boolean isOfficial(BufferedBit bit) {
        Official official = official(bit.name(), bit.scope());
        return official != null && official.mask() == bit.mask();
    }

    private BufferedBit take(String plugin, BufferedBit bit) {
        Owner holder = holder(bit.scope(), bit.mask());
        if (holder != null && !areTwins(holder.bit(), bit)) {
            problems.add("buffered bit " + hex(bit.mask()) + " is claimed twice: as "
                    + holder.bit().name() + " by " + holder.plugin() + " and as " + bit.name() + " by " + plugin);
        } else {
            owners.put(key(bit.name(), bit.scope()), new Owner(plugin, bit));
        }
        return bit;
    }

    /** What is wrong with the claims; empty if nothing. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** One line per bit: value, scope, name, owner; for {@code -T} and {@code -V}. */
    public List<String> map() {
        Collection<Owner> all = owners.values();
        return all.stream()
                .sorted(Comparator.comparing((Owner o) -> o.bit().scope())
                        .thenComparingInt(o -> o.bit().mask()))
                .map(o -> hex(o.bit().mask()) + " " + o.bit().scope().name().toLowerCase(Locale.ROOT) + " "
                        + o.bit().name() + " (" + o.plugin() + ")")
                .toList();
    }

    private String ownersOf(Scope scope) {
        StringBuilder out = new StringBuilder();
        for (Owner owner : owners.values()) {
            if (owner.bit().scope() == scope) {
                out.append(out.isEmpty() ? "" : ", ")
                        .append(owner.bit().name())
                        .append(" of ")
                        .append(owner.plugin());
            }
        }
        for (BufferedBit gone : remembered.values()) {
            if (gone.scope() == scope && holder(scope, gone.mask()) == null) {
                out.append(out.isEmpty() ? "" : ", ")
                        .append(gone.name())
                        .append(", which this configuration does not load but connections may still have set");
            }
        }
        return out.toString();
    }

    private @Nullable Owner holder(Scope scope, int mask) {
        for (Owner owner : owners.values()) {
            if (owner.bit().scope() == scope && owner.bit().mask() == mask) {
                return owner;
            }
        }
        return null;
    }

    private boolean isRemembered(Scope scope, int mask) {
        for (BufferedBit bit : remembered.values()) {
            if (bit.scope() == scope && bit.mask() == mask) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Official official(String name, Scope scope) {
        for (Official official : OFFICIAL) {
            if (official.name().equals(name) && official.scope() == scope) {
                return official;
            }
        }
        return null;
    }

    private static @Nullable Official officialOf(Scope scope, int mask) {
        for (Official official : OFFICIAL) {
            if (official.scope() == scope && official.mask() == mask) {
                return official;
            }
        }
        return null;
    }

    private static String key(String name, Scope scope) {
        return scope + " " + name;
    }

    private static String hex(int mask) {
        return "0x" + (mask < 16 ? "0" : "") + Integer.toHexString(mask);
    }
}
