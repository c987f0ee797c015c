package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordReflectionTest {

    @ParameterizedTest
    @CsvSource({
        "listen, listen",
        "keepaliveTimeout, keepalive-timeout",
        "http2MaxFieldSize, http2-max-field-size",
        "ipv6only, ipv6only"
    })
    void names_become_keys_in_kebab_case(String name, String key) {
        assertEquals(key, RecordReflection.kebab(name));
    }

    @Test
    void a_record_that_cannot_be_read_is_refused_with_the_reason() {
        record Mapped(Map<String, String> map) {}
        record Any(Object any) {}
        record Wild(List<?> list) {}
        record RawList(@SuppressWarnings("rawtypes") List list) {}
        record Nested(List<List<String>> lists) {}
        record TwoOptionals(Optional<Optional<String>> maybe) {}
        record Sized(@ByteSize int size) {}
        record Ordered(@Range(min = 1) String text) {}
        record Ambivalent(@Local @Replaced String text) {}
        record Lost(@Here String here) {}
        record Twice(@Key("b") String a, String b) {}
        record TwoShorthands(@Shorthand String a, @Shorthand String b) {}
        record ShortList(@Shorthand List<String> a) {}

        assertRefused(Mapped.class, "map has a type that no setting has");
        assertRefused(Any.class, "any has a type that no setting has");
        assertRefused(Wild.class, "list has a type that no setting has");
        assertRefused(RawList.class, "list has a type that no setting has");
        assertRefused(Nested.class, "lists has a type that no setting has");
        assertRefused(TwoOptionals.class, "maybe has a type that no setting has");
        assertRefused(Sized.class, "size is no long, so it cannot be a ByteSize");
        assertRefused(Ordered.class, "text has no order, so it has no range");
        assertRefused(Ambivalent.class, "text is inherited, replaced or local, one of them");
        assertRefused(Lost.class, "here is no Section, so it cannot be Here");
        assertRefused(Twice.class, "b has the key of another component");
        assertRefused(TwoShorthands.class, "b cannot be the shorthand: one component with a plain value can");
        assertRefused(ShortList.class, "a cannot be the shorthand: one component with a plain value can");
    }

    record Recursive(List<Recursive> children) {}

    @Test
    void a_record_that_holds_itself_is_refused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Settings.of(MethodHandles.lookup(), Recursive.class))
                .getMessage();

        assertTrue(String.valueOf(message).endsWith("Recursive holds itself; let it hold a Section"), message);
    }

    private record Secret(double number) {}

    @Test
    void a_private_record_can_be_read() {
        Configuration configuration = Configuration.parse("number = 1.5", "sluice.conf", References.none());

        assertEquals(
                new Secret(1.5),
                Settings.of(MethodHandles.lookup(), Secret.class).read(configuration.root()));
    }

    record Half(int number) {}

    @Test
    void a_record_may_stand_twice_in_another() {
        record Whole(Half left, Half right) {}
        Configuration configuration =
                Configuration.parse("left.number = 1, right.number = 2", "sluice.conf", References.none());

        assertEquals(
                new Whole(new Half(1), new Half(2)),
                Settings.of(MethodHandles.lookup(), Whole.class).read(configuration.root()));
    }

    @Test
    void a_lookup_that_may_not_see_the_record_is_refused() {
        record Hidden(int number) {}

        String message = assertThrows(
                        IllegalArgumentException.class, () -> Settings.of(MethodHandles.publicLookup(), Hidden.class))
                .getMessage();

        assertTrue(String.valueOf(message).endsWith("Hidden cannot be made; give the lookup of a class of its module"));
    }

    private static void assertRefused(Class<? extends Record> type, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> Settings.of(MethodHandles.lookup(), type))
                .getMessage();
        assertEquals(type.getName() + "." + reason, message);
    }
}
