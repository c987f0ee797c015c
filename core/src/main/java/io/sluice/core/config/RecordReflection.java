package io.sluice.core.config;

import com.typesafe.config.ConfigValue;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the shape of a record class. What a plugin's author did wrong is an IllegalArgumentException: it is no problem of
 * the user's configuration.
 */
final class RecordReflection {

    private final MethodHandles.Lookup lookup;

    /** The records around the one at hand, to notice one that holds itself. */
    private final Set<Class<?>> around = new HashSet<>();

    private RecordReflection(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    static RecordShape shapeOf(MethodHandles.Lookup lookup, Class<?> type) {
        return new RecordReflection(lookup).shapeOf(type);
    }

    private RecordShape shapeOf(Class<?> type) {
        if (!around.add(type)) {
            throw new IllegalArgumentException(type.getName() + " holds itself; let it hold a Section");
        }
        List<Component> components = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        String shorthand = null;
        for (RecordComponent declared : type.getRecordComponents()) {
            Component component = component(declared);
            components.add(component);
            if (!keys.add(component.key())) {
                throw refused(declared, "has the key of another component");
            }
            if (declared.isAnnotationPresent(Shorthand.class)) {
                if (shorthand != null || !(component.kind() instanceof Kind.Plain)) {
                    throw refused(declared, "cannot be the shorthand: one component with a plain value can");
                }
                shorthand = component.key();
            }
        }
        around.remove(type);
        return new RecordShape(components, maker(type), shorthand);
    }

    private Component component(RecordComponent declared) {
        if (declared.isAnnotationPresent(Here.class)) {
            if (declared.getType() != Section.class) {
                throw refused(declared, "is no Section, so it cannot be Here");
            }
            return new Component("", new Kind.Here(), Component.Rule.LOCAL, Component.Presence.REQUIRED);
        }
        boolean optional = declared.getType() == Optional.class;
        Type type = optional ? argument(declared, declared.getGenericType()) : declared.getGenericType();
        boolean list = type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class;
        Type held = list ? argument(declared, type) : type;
        if (!(held instanceof Class<?> one)) {
            throw refused(declared, "has a type that no setting has");
        }
        Key key = declared.getAnnotation(Key.class);
        return new Component(
                key == null ? kebab(declared.getName()) : key.value(),
                list ? kindOfList(declared, one) : kind(declared, one),
                rule(declared),
                optional ? Component.Presence.OPTIONAL : presence(declared));
    }

    private static Component.Presence presence(RecordComponent declared) {
        return declared.getAnnotatedType().isAnnotationPresent(Nullable.class)
                ? Component.Presence.NULLABLE
                : Component.Presence.REQUIRED;
    }

    private static Component.Rule rule(RecordComponent declared) {
        boolean replaced = declared.isAnnotationPresent(Replaced.class);
        boolean local = declared.isAnnotationPresent(Local.class);
        boolean inherited = declared.isAnnotationPresent(Inherited.class);
        if ((replaced && local) || (inherited && (replaced || local))) {
            throw refused(declared, "is inherited, replaced or local, one of them");
        }
        return replaced ? Component.Rule.REPLACED : local ? Component.Rule.LOCAL : Component.Rule.INHERITED;
    }

    private Kind kind(RecordComponent declared, Class<?> held) {
        if (held.isRecord() && held != Bytes.class) {
            return new Kind.Group(shapeOf(held));
        }
        return held == Section.class ? new Kind.Below() : new Kind.Plain(scalar(declared, held));
    }

    private Kind kindOfList(RecordComponent declared, Class<?> held) {
        if (held.isRecord() && held != Bytes.class) {
            return new Kind.Groups(shapeOf(held));
        }
        return held == Section.class ? new Kind.Belows() : new Kind.Plains(scalar(declared, held));
    }

    private static Scalar scalar(RecordComponent declared, Class<?> held) {
        Range range = declared.getAnnotation(Range.class);
        boolean isLong = held == long.class || held == Long.class;
        if (declared.isAnnotationPresent(ByteSize.class) && !isLong) {
            throw refused(declared, "is no long, so it cannot be a ByteSize");
        }
        if (held == int.class || held == Integer.class) {
            return new Scalar.Whole(Bounds.of(range, "").within(Integer.MIN_VALUE, Integer.MAX_VALUE), true);
        }
        if (held == Bytes.class || declared.isAnnotationPresent(ByteSize.class)) {
            return new Scalar.Size(Bounds.of(range, " bytes"), isLong);
        }
        if (isLong) {
            return new Scalar.Whole(Bounds.of(range, ""), false);
        }
        if (held == double.class || held == Double.class) {
            return new Scalar.Fraction(Bounds.of(range, ""));
        }
        if (held == Duration.class) {
            return new Scalar.Time(Bounds.of(range, " ms"));
        }
        if (range != null) {
            throw refused(declared, "has no order, so it has no range");
        }
        if (held == boolean.class || held == Boolean.class) {
            return new Scalar.Switch();
        }
        if (held == String.class) {
            return new Scalar.Text();
        }
        if (held == ConfigValue.class) {
            return new Scalar.Raw();
        }
        if (held.isEnum()) {
            return Choice.of(held);
        }
        throw refused(declared, "has a type that no setting has");
    }

    private Function<@Nullable Object[], Object> maker(Class<?> type) {
        try {
            return RecordMaker.of(lookup, type);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be made; give the lookup of a class of its module", e);
        }
    }

    private static Type argument(RecordComponent declared, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[0];
        }
        throw refused(declared, "does not say of what");
    }

    private static IllegalArgumentException refused(RecordComponent declared, String why) {
        return new IllegalArgumentException(
                declared.getDeclaringRecord().getName() + "." + declared.getName() + " " + why);
    }

    /** keepaliveTimeout becomes keepalive-timeout. */
    static String kebab(String camelCase) {
        StringBuilder key = new StringBuilder(camelCase.length() + 4);
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c)) {
                key.append('-');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }
}
