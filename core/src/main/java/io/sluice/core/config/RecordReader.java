package io.sluice.core.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record, with the records in it. What is wrong is reported, then read as its default, so that the rest is read
 * too. Every level that counts is read although only the nearest is used: a wrong value must not hide behind a good one.
 */
final class RecordReader {

    private final Problems problems;

    /**
     * The keys at which this reader has met a problem, also one that was known before: below the record it is reading, with dots
     * through groups. Empty for that record itself.
     */
    private final List<String> wrong = new ArrayList<>();

    RecordReader(Problems problems) {
        this.problems = problems;
    }

    /** Answers null if no record can be made even with the defaults; then there is a problem that says why. */
    @Nullable
    Object read(RecordShape shape, Chain chain) {
        for (Section level : chain.levels()) {
            level.declare(shape.keys());
        }
        int wrongBefore = wrong.size();
        List<Component> components = shape.components();
        @Nullable Object[] arguments = new @Nullable Object[components.size()];
        boolean makeable = true;
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            int mark = wrong.size();
            Object value = value(component, chain);
            wrong.subList(mark, wrong.size())
                    .replaceAll(below -> below.isEmpty() ? component.key() : component.key() + "." + below);
            makeable &= value != null || component.presence() != Component.Presence.REQUIRED;
            arguments[i] = wrapped(component, value);
        }
        if (!makeable) {
            return null;
        }
        try {
            return shape.make(arguments);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            // Otherwise it may be the default in place of a wrong value that is refused.
            if (wrong.subList(wrongBefore, wrong.size()).stream().noneMatch(key -> isAbout(message, key))) {
                reportRefusal(shape, chain, message);
            }
            return madeOfDefaults(shape, chain, arguments);
        }
    }

    private @Nullable Object madeOfDefaults(RecordShape shape, Chain chain, @Nullable Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            Component component = shape.components().get(i);
            Object value = defaultOf(component, chain);
            if (value != null) {
                arguments[i] = wrapped(component, value);
            }
        }
        try {
            return shape.make(arguments);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Object wrapped(Component component, @Nullable Object value) {
        return component.presence() == Component.Presence.OPTIONAL ? Optional.ofNullable(value) : value;
    }

    /** Answers null if it is absent, or a group that cannot be made. */
    private @Nullable Object value(Component component, Chain chain) {
        List<Section> setting = chain.setting(component);
        if (component.kind() instanceof Kind.Group(RecordShape shape)) {
            return group(component, shape, chain, setting);
        }
        if (component.kind() instanceof Kind.Here) {
            return chain.innermost();
        }
        Section setter = setting.isEmpty() ? null : setting.getLast();
        if (setter != null) {
            Object nearest = nearest(component, chain, setting);
            if (nearest != null) {
                return nearest;
            }
            if (!setter.has(component.key())) {
                return cleared(component, chain, setter);
            }
        }
        Object byDefault = defaultOf(component, chain);
        boolean done = byDefault != null || component.presence() != Component.Presence.REQUIRED;
        return done ? byDefault : nothing(component, chain, setter);
    }

    /** What the innermost level sets, or null if that is null or wrong. */
    private @Nullable Object nearest(Component component, Chain chain, List<Section> setting) {
        boolean pluginReads = component.kind() instanceof Kind.Below || component.kind() instanceof Kind.Belows;
        Object nearest = null;
        for (Section level : setting) {
            boolean counts = level == setting.getLast();
            if (counts || !pluginReads) {
                nearest = level.has(component.key()) ? at(component, level, chain) : null;
            }
        }
        return nearest;
    }

    /** The innermost level says null: nothing is inherited. */
    private @Nullable Object cleared(Component component, Chain chain, Section setter) {
        if (component.presence() != Component.Presence.REQUIRED) {
            return null;
        }
        if (component.kind() instanceof Kind.Plain) {
            wrong.add("");
            setter.problem(component.key(), "cannot be null");
            Object byDefault = defaultOf(component, chain);
            if (byDefault != null) {
                return byDefault;
            }
        }
        return nothing(component, chain, setter);
    }

    /** No level has a usable value and there is no default. */
    private @Nullable Object nothing(Component component, Chain chain, @Nullable Section setter) {
        return switch (component.kind()) {
            case Kind.Plain(Scalar scalar) -> {
                if (setter == null) {
                    wrong.add("");
                    problems.add(chain.place().origin(), chain.pathOf(component.key()) + ": is missing");
                }
                yield scalar.placeholder();
            }
            case Kind.Plains _, Kind.Groups _, Kind.Belows _ -> List.of();
            case Kind.Below _ -> chain.place().absent(component.key());
            case Kind.Group _, Kind.Here _ -> null;
        };
    }

    /** Answers null if reference.conf has no default, or a wrong one. */
    private @Nullable Object defaultOf(Component component, Chain chain) {
        Section defaults = chain.defaults();
        if (component.kind() instanceof Kind.Group(RecordShape shape)) {
            return read(shape, chain.group(component, shape.shorthands(), List.of()));
        }
        boolean isList = component.kind() instanceof Kind.Groups || component.kind() instanceof Kind.Belows;
        boolean ofElements = isList && defaults.hasObject(component.key());
        return ofElements || !defaults.has(component.key()) ? null : at(component, defaults, chain);
    }

    private @Nullable Object group(Component component, RecordShape shape, Chain chain, List<Section> setting) {
        String key = component.key();
        List<Section> counting = new ArrayList<>(Chain.afterNull(key, setting));
        boolean cleared = counting.isEmpty() && !setting.isEmpty();
        boolean unset = counting.isEmpty() && !chain.defaults().has(key);
        if (component.presence() != Component.Presence.REQUIRED && (cleared || unset)) {
            return null;
        }
        while (component.rule() == Component.Rule.REPLACED && counting.size() > 1) {
            read(
                    shape,
                    chain.group(component, shape.shorthands(), List.of(counting.removeFirst()))); // for its problems
        }
        return read(shape, chain.group(component, shape.shorthands(), counting));
    }

    /** What one level sets; null if it is wrong. */
    private @Nullable Object at(Component component, Section level, Chain chain) {
        String key = component.key();
        return switch (component.kind()) {
            case Kind.Plain(Scalar scalar) -> scalar(scalar, level, key, level.value(key));
            case Kind.Plains(Scalar scalar) -> {
                List<Object> values = new ArrayList<>();
                for (ConfigValue item : level.items(key)) {
                    Object value = scalar(scalar, level, key, item);
                    if (value != null) {
                        values.add(value);
                    }
                }
                yield List.copyOf(values);
            }
            case Kind.Groups(RecordShape shape) -> {
                List<Object> records = new ArrayList<>();
                for (Section element : level.elements(key, shape.elementShorthands())) {
                    Object made = read(shape, Chain.alone(chain.defaults().defaultsOf(key), element));
                    if (made != null) {
                        records.add(made);
                    }
                }
                yield List.copyOf(records);
            }
            case Kind.Below _ -> level.section(key);
            case Kind.Belows _ -> level.sections(key);
            case Kind.Group _, Kind.Here _ -> null;
        };
    }

    private @Nullable Object scalar(Scalar scalar, Section level, String key, @Nullable ConfigValue value) {
        if (value == null) {
            return null;
        }
        try {
            return scalar.read(value);
        } catch (Mismatch e) {
            wrong.add("");
            level.problemAt(value, key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** At the key which the message begins with, if the user set it; else where the record begins. */
    private void reportRefusal(RecordShape shape, Chain chain, String message) {
        ConfigOrigin origin = chain.innermost().origin();
        for (Component component : shape.components()) {
            List<Section> setting = chain.setting(component);
            if (!setting.isEmpty() && startsWith(message, component.key())) {
                origin = setting.getLast().originOf(component.key());
            }
        }
        wrong.add("");
        problems.add(origin, chain.path().isEmpty() ? message : chain.path() + ": " + message);
    }

    private static boolean startsWith(String message, String key) {
        return message.startsWith(key) && !continues(message, key.length());
    }

    /** Whether a message speaks of a key, or of one of the groups around it as a whole. */
    private static boolean isAbout(String message, String key) {
        for (int end = key.length(); end > 0; end = key.lastIndexOf('.', end - 1)) {
            String word = key.substring(0, end);
            boolean whole = end == key.length();
            for (int at = message.indexOf(word); at >= 0; at = message.indexOf(word, at + 1)) {
                int behind = at + end;
                boolean begins = at == 0 || !continues(message, at - 1);
                boolean goesDeeper = message.startsWith(".", behind)
                        && continues(message, behind + 1); // into another part of the group
                if (begins && !continues(message, behind) && (whole || !goesDeeper)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean continues(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || Character.isLetterOrDigit(text.charAt(at)));
    }
}
