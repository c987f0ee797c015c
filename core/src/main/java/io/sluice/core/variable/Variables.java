package io.sluice.core.variable;

import io.sluice.core.config.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All variables of one kind of context: claimed by plugins while a cycle is being built, then frozen, then only read.
 * Names are case-insensitive, as nginx's. A name claimed whole wins over a prefix, a longer prefix over a shorter.
 *
 * <p><b>Thread:</b> any.
 *
 * @param <C> what the variables are asked about
 */
public final class Variables<C> {
    private final Map<String, Variable<C>> byName;
    private final Map<String, SuffixEvaluator<C>> byPrefix;

    private Variables(Map<String, Variable<C>> byName, Map<String, SuffixEvaluator<C>> byPrefix) {
        this.byName = byName;
        this.byPrefix = byPrefix;
    }

    /** No names at all: every template is a constant or a mistake. */
    public static <C> Variables<C> none() {
        return new Claims<C>().freeze();
    }

    /**
     * The variable of that name, or null if nobody has claimed it.
     *
     * @param name without the dollar
     */
    public @Nullable Variable<C> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Variable<C> whole = byName.get(wanted);
        if (whole != null) {
            return whole;
        }
        // An empty suffix names nothing, so the whole name is not tried as a prefix.
        for (int length = wanted.length() - 1; length > 0; length--) {
            SuffixEvaluator<C> family = byPrefix.get(wanted.substring(0, length));
            if (family != null) {
                return new Variable<>(wanted, family.forSuffix(wanted.substring(length)));
            }
        }
        return null;
    }

    /** All names, and the beginnings of families with a {@code *} behind them. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(byName.keySet());
        byPrefix.keySet().forEach(prefix -> names.add(prefix + '*'));
        return names;
    }

    /** A name that somebody has claimed and the user may have meant, or null if none is near. */
    public @Nullable String nearest(String name) {
        // Sorted: of equally near names it is always the same one.
        return NearestName.of(
                name.toLowerCase(Locale.ROOT), new TreeSet<>(byName.keySet()), new TreeSet<>(byPrefix.keySet()));
    }

    /** Binds a text with variables in it; see {@link Template} for what may stand there. */
    public Compiled<C> compile(String text) {
        return new TemplateCompiler<>(this, text).compile();
    }

    /**
     * The time of claiming. Every claim names its claimant, so that a collision names both.
     *
     * <p><b>Thread:</b> the one that loads.
     *
     * @param <C> what the variables are asked about
     */
    public static final class Claims<C> {
        private final Map<String, Variable<C>> byName = new HashMap<>();
        private final Map<String, SuffixEvaluator<C>> byPrefix = new HashMap<>();
        private final Map<String, String> claimants = new HashMap<>();
        private final List<Collision> collisions = new ArrayList<>();

        /**
         * Claims one name.
         *
         * @param name letters, digits and underscores, without the dollar; {@code 1} to {@code 9} are captures
         * @param claimant the id of the plugin
         * @throws IllegalArgumentException if no template could ever use that name
         */
        public Claims<C> claim(String name, String claimant, Evaluator<C> evaluator) {
            String key = checked(name);
            if (isFree(key, claimant)) {
                byName.put(key, new Variable<>(key, evaluator));
            }
            return this;
        }

        /**
         * Claims all names that begin so, but for those claimed whole.
         *
         * @param prefix as a name, with the underscore at its end if there is to be one
         */
        public Claims<C> claimPrefix(String prefix, String claimant, SuffixEvaluator<C> family) {
            String key = checked(prefix);
            if (isFree(key + '*', claimant)) {
                byPrefix.put(key, family);
            }
            return this;
        }

        /** All of them, to be reported together. */
        public List<Collision> collisions() {
            return List.copyOf(collisions);
        }

        /**
         * Ends the time of claiming.
         *
         * @throws IllegalStateException if there are collisions: whoever loads has to report them and stop
         */
        public Variables<C> freeze() {
            if (!collisions.isEmpty()) {
                throw new IllegalStateException(collisions.getFirst().message());
            }
            return new Variables<>(Map.copyOf(byName), Map.copyOf(byPrefix));
        }

        /** As {@link #freeze()}; with collisions, which are told, there are no variables at all. */
        public Variables<C> freeze(Consumer<String> problems) {
            for (Collision collision : collisions) {
                problems.accept(collision.message());
            }
            return collisions.isEmpty() ? freeze() : none();
        }

        private boolean isFree(String key, String claimant) {
            String first = claimants.putIfAbsent(key, claimant);
            if (first == null) {
                return true;
            }
            collisions.add(new Collision(key, first, claimant));
            return false;
        }

        private static String checked(String name) {
            boolean usable = !name.isEmpty();
            for (int i = 0; i < name.length(); i++) {
                usable &= TemplateCompiler.isNameCharacter(name.charAt(i));
            }
            if (!usable) {
                throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a variable");
            }
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
