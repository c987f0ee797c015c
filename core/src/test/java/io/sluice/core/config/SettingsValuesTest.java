package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsValuesTest {

    enum Method {
        ROUND_ROBIN,
        LEAST_CONN,
        IP_HASH
    }

    record Values(
            int whole,
            long largeWhole,
            double fraction,
            boolean flag,
            String text,
            Duration time,
            Bytes size,
            @ByteSize long sizeInLong,
            Method method,
            List<Integer> numbers,
            List<Duration> times,
            @Key("return") String answer,
            ConfigValue raw,
            Optional<String> mayBeAbsent,
            @Nullable Integer mayBeNull,
            @Nullable Method mayHaveNoMethod) {}

    record Ranged(
            @Range(min = 1, max = 10) int number,
            @Range(min = 1) long atLeast,
            @Range(max = 5) long atMost,
            @Range(min = 0, max = 1) double share,
            @Range(min = 10, max = 1000) Duration time,
            @Range(min = 16, max = 1024) Bytes size,
            @Range(max = 2) Optional<Integer> maybe) {}

    private static final Settings<Values> VALUES = Settings.of(MethodHandles.lookup(), Values.class);
    private static final Settings<Ranged> RANGED = Settings.of(MethodHandles.lookup(), Ranged.class);

    private static final References DEFAULTS = References.of("reference.conf", """
            whole = 1, large-whole = 2, fraction = 0.5, flag = off, text = default, time = 1s, size = 1k, size-in-long = 2k
            method = round-robin, numbers = [1, 2], times = [], return = none, raw = { a = 1 }
            may-be-absent = null, may-be-null = null, may-have-no-method = null
            number = 1, at-least = 1, at-most = 5, share = 0, time = 1s, maybe = null
            """);

    @Test
    void what_nobody_sets_has_its_default() {
        Values values = read("");

        assertEquals(1, values.whole());
        assertEquals(2, values.largeWhole());
        assertEquals(0.5, values.fraction());
        assertEquals(false, values.flag());
        assertEquals("default", values.text());
        assertEquals(Duration.ofSeconds(1), values.time());
        assertEquals(new Bytes(1024), values.size());
        assertEquals(2048, values.sizeInLong());
        assertEquals(Method.ROUND_ROBIN, values.method());
        assertEquals(List.of(1, 2), values.numbers());
        assertEquals(List.of(), values.times());
        assertEquals("none", values.answer());
        assertEquals("{\"a\":1}", values.raw().render(ConfigRenderOptions.concise()));
        assertEquals(Optional.empty(), values.mayBeAbsent());
        assertNull(values.mayBeNull());
        assertNull(values.mayHaveNoMethod());
    }

    @Test
    void each_type_is_read_from_its_text() {
        Values values = read("""
                whole = -7, large-whole = 5000000000, fraction = 1.25, flag = on, text = some words, time = 90s, size = 8kB
                size-in-long = 1.5K, method = least-conn, numbers = [3, "4"], times = [1s, 2 minutes], return = 404
                raw = [x], may-be-absent = here, may-be-null = 3, may-have-no-method = ip-hash
                """);

        assertEquals(-7, values.whole());
        assertEquals(5_000_000_000L, values.largeWhole());
        assertEquals(1.25, values.fraction());
        assertTrue(values.flag());
        assertEquals("some words", values.text());
        assertEquals(Duration.ofSeconds(90), values.time());
        assertEquals(new Bytes(8000), values.size());
        assertEquals(1536, values.sizeInLong());
        assertEquals(Method.LEAST_CONN, values.method());
        assertEquals(List.of(3, 4), values.numbers());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofMinutes(2)), values.times());
        assertEquals("404", values.answer());
        assertEquals(List.of("x"), values.raw().unwrapped());
        assertEquals(Optional.of("here"), values.mayBeAbsent());
        assertEquals(3, values.mayBeNull());
        assertEquals(Method.IP_HASH, values.mayHaveNoMethod());
    }

    @Test
    void one_value_stands_for_a_list_of_one() {
        assertEquals(List.of(7), read("numbers = 7").numbers());
        assertEquals(List.of(Duration.ofSeconds(3)), read("times = 3s").times());
        assertEquals(List.of(Duration.ZERO), read("times = 0").times());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "yes", "true", "\"on\""})
    void a_switch_has_words_for_on(String word) {
        assertTrue(read("flag = " + word).flag());
    }

    @Test
    void null_takes_back_what_may_be_absent() {
        Values values = read("numbers = null, may-be-absent = x, may-be-absent = null, may-be-null = null");

        assertEquals(List.of(), values.numbers());
        assertEquals(Optional.empty(), values.mayBeAbsent());
        assertNull(values.mayBeNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            whole = many            | whole: 'many' is not a whole number
            whole = 1.5             | whole: '1.5' is not a whole number
            whole = "1.5"           | whole: '1.5' is not a whole number
            whole = 3000000000      | whole: '3000000000' is more than 2147483647
            whole = -3000000000     | whole: '-3000000000' is less than -2147483648
            whole = on              | whole: 'on' is not a whole number
            whole = [1]             | whole: a list is not a whole number
            whole = null            | whole: cannot be null
            large-whole = 1e30      | large-whole: '1.0E30' is not a whole number
            fraction = half         | fraction: 'half' is not a number
            flag = maybe            | flag: 'maybe' is not on or off
            flag = 1                | flag: '1' is not on or off
            text = { a = 1 }        | text: an object is not a text
            time = 5 parsecs        | time: '5 parsecs' is not a duration (a number with ns, us, ms, s, m, h or d)
            time = -5s              | time: '-5s' is negative
            time = 75               | time: '75' has no unit: ns, us, ms, s, m, h or d
            time = "0.5 "           | time: '0.5 ' has no unit: ns, us, ms, s, m, h or d
            time = 5s;              | time: '5s;' is not a duration (a number with ns, us, ms, s, m, h or d); nothing ends with ';' here
            size = 1 potato         | size: '1 potato' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            size = -1k              | size: '-1k' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            size = 99999999999999G  | size: '99999999999999G' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            size-in-long = off      | size-in-long: 'off' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            method = leastconn      | method: 'leastconn' is not one of round-robin, least-conn, ip-hash (did you mean 'least-conn'?)
            method = LEAST_CONN     | method: 'LEAST_CONN' is not one of round-robin, least-conn, ip-hash (did you mean 'least-conn'?)
            method = xyz            | method: 'xyz' is not one of round-robin, least-conn, ip-hash
            method = []             | method: a list is not one of round-robin, least-conn, ip-hash
            numbers = [1, x, null]  | numbers: 'x' is not a whole number; numbers: null is not a whole number
            return = [x]            | return: a list is not a text
            """)
    void a_wrong_value_is_a_problem_and_its_default_is_read(String text, String expected) {
        Configuration configuration = Configuration.parse("\n\n" + text, "sluice.conf", DEFAULTS);

        Values values = VALUES.read(configuration.root());

        List<String> found =
                configuration.problems().list().stream().map(Problem::message).toList();
        assertEquals(expected, String.join("; ", found));
        assertEquals(3, configuration.problems().list().getFirst().line());
        assertEquals(1, values.whole());
        assertEquals(2, values.largeWhole());
        assertEquals("default", values.text());
        assertEquals(new Bytes(1024), values.size());
        assertEquals(Method.ROUND_ROBIN, values.method());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number = 0        | number: '0' is not between 1 and 10
            number = 11       | number: '11' is not between 1 and 10
            at-least = 0      | at-least: '0' is less than 1
            at-most = 6       | at-most: '6' is more than 5
            share = 1.5       | share: '1.5' is not between 0 and 1
            share = -0.1      | share: '-0.1' is not between 0 and 1
            time = 9ms        | time: '9ms' is not between 10 and 1000 ms
            time = 1000001us  | time: '1000001us' is not between 10 and 1000 ms
            size = 15         | size: '15' is not between 16 and 1024 bytes
            size = 2k         | size: '2k' is not between 16 and 1024 bytes
            maybe = 3         | maybe: '3' is more than 2
            """)
    void a_value_out_of_its_range_is_a_problem(String text, String expected) {
        Configuration configuration = Configuration.parse(text, "sluice.conf", DEFAULTS);

        RANGED.read(configuration.root());

        assertEquals("sluice.conf:1: " + expected, configuration.problems().toString());
    }

    @Test
    void both_ends_of_a_range_are_allowed() {
        Configuration configuration = Configuration.parse(
                "number = 10, at-least = 1, at-most = 5, share = 1, time = 10ms, size = 1k, maybe = 2",
                "sluice.conf",
                DEFAULTS);

        assertEquals(
                new Ranged(10, 1, 5, 1, Duration.ofMillis(10), new Bytes(1024), Optional.of(2)),
                RANGED.read(configuration.root()));
        configuration.check();
    }

    @Test
    void what_has_neither_a_value_nor_a_default_is_missing() {
        Configuration configuration = Configuration.parse("a {\n b = 1\n}", "sluice.conf", References.none());
        record Required(
                String name, int number, Duration time, Bytes size, boolean flag, Method method, double share) {}

        Required read = Settings.of(MethodHandles.lookup(), Required.class)
                .read(configuration.root().section("a"));

        assertEquals("""
                sluice.conf:1: a.flag: is missing
                sluice.conf:1: a.method: is missing
                sluice.conf:1: a.name: is missing
                sluice.conf:1: a.number: is missing
                sluice.conf:1: a.share: is missing
                sluice.conf:1: a.size: is missing
                sluice.conf:1: a.time: is missing""", configuration.problems().toString());
        assertEquals(new Required("", 0, Duration.ZERO, new Bytes(0), false, Method.ROUND_ROBIN, 0), read);
    }

    private static Values read(String text) {
        Configuration configuration = Configuration.parse(text, "sluice.conf", DEFAULTS);
        Values values = VALUES.read(configuration.root());
        configuration.check();
        return values;
    }
}
