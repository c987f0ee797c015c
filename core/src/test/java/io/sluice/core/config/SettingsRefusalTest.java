package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsRefusalTest {

    record Span(int low, int high, int highWater) {
        Span {
            if (low > high) {
                throw new IllegalArgumentException("low " + low + " is above high " + high);
            }
            if (highWater < high) {
                throw new IllegalArgumentException("high-water is below high");
            }
            if (low == 13) {
                throw new IllegalArgumentException("lowest numbers bring bad luck");
            }
            if (low == 14) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    record Holder(Span span, List<Span> spans, Optional<Span> maybe) {}

    private static final Settings<Holder> HOLDER = Settings.of(MethodHandles.lookup(), Holder.class);

    private static final References DEFAULTS = References.of("reference.conf", """
            span { low = 1, high = 2, high-water = 3 }
            spans { high = 2, high-water = 3 }
            maybe = null
            """);

    private static final Span DEFAULT = new Span(1, 2, 3);

    @Test
    void what_the_constructor_refuses_is_a_problem_at_the_key_it_names() {
        Configuration configuration = configuration("""
                span {
                    high = 2
                    low = 5
                }
                """);

        assertEquals(DEFAULT, HOLDER.read(configuration.root()).span());
        assertEquals(
                "sluice.conf:3: span: low 5 is above high 2",
                configuration.problems().toString());
    }

    @Test
    void a_default_that_does_not_suit_is_told_where_the_record_begins() {
        Configuration configuration = configuration("span {\n high = 0\n}");

        assertEquals(DEFAULT, HOLDER.read(configuration.root()).span());
        assertEquals(
                "sluice.conf:1: span: low 1 is above high 0",
                configuration.problems().toString());
    }

    @Test
    void the_whole_key_is_the_one_named() {
        Configuration configuration = configuration("""
                span {
                    high-water = 1
                    high = 2
                }
                """);

        assertEquals(DEFAULT, HOLDER.read(configuration.root()).span());
        assertEquals(
                "sluice.conf:2: span: high-water is below high",
                configuration.problems().toString());
    }

    @Test
    void a_message_that_names_no_key_stands_where_the_record_begins() {
        Configuration configuration = configuration("""
                # a comment
                span {
                    low = 13, high = 14, high-water = 15
                }
                """);

        assertEquals(DEFAULT, HOLDER.read(configuration.root()).span());
        assertEquals(
                "sluice.conf:2: span: lowest numbers bring bad luck",
                configuration.problems().toString());
    }

    @Test
    void an_element_that_cannot_be_made_is_left_out() {
        Configuration configuration = configuration("""
                spans = [
                    { low = 1 }
                    { low = 7 }
                    { low = 8, high = x }
                ]
                """);

        assertEquals(List.of(DEFAULT), HOLDER.read(configuration.root()).spans());
        assertEquals("""
                sluice.conf:3: spans[1]: low 7 is above high 2
                sluice.conf:4: spans[2].high: 'x' is not a whole number""", configuration.problems().toString());
    }

    record Pair(int first, Span span, List<Span> spans) {
        Pair {
            if (first > 100) {
                throw new IllegalArgumentException("first is above 100");
            }
            if (first == 50 && span.low() == 1) {
                throw new IllegalArgumentException("span.low must not be 1");
            }
            if (first == 51) {
                throw new IllegalArgumentException("span does not suit");
            }
            if (first == 52) {
                throw new IllegalArgumentException("the whole does not suit");
            }
        }
    }

    private static final Settings<Pair> PAIR = Settings.of(MethodHandles.lookup(), Pair.class);

    /** What the record refuses beside what is wrong inside of it, unless that may be the reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            first = 101, span.low = x                | first is above 100     | true
            first = 101, spans = [{ low = x }]       | first is above 100     | true
            first = 101, spans = [{ low = 7 }]       | first is above 100     | true
            first = 101, span.low = 13               | first is above 100     | true
            first = 52, span.low = x                 | the whole does not suit | true
            first = 50, span.high-water = 1          | span.low must not be 1 | false
            first = 50, span.low = x                 | span.low must not be 1 | false
            first = 51, span.low = x                 | span does not suit     | false
            """)
    void a_record_refuses_beside_a_problem_inside_of_it(String text, String refusal, boolean told) {
        Configuration configuration =
                Configuration.parse(text, "sluice.conf", DEFAULTS.and(References.of("x", "first = 1")));

        PAIR.read(configuration.root());
        List<String> problems =
                configuration.problems().list().stream().map(Problem::message).toList();
        assertEquals(told, problems.contains(refusal), problems::toString);
        assertEquals(told ? 2 : 1, problems.size(), problems::toString);
    }

    @Test
    void a_record_refused_at_the_top_is_told_at_the_top() {
        Configuration configuration = Configuration.parse(
                "low = 5", "sluice.conf", References.of("reference.conf", "low = 1, high = 2, high-water = 3"));

        assertEquals(DEFAULT, Settings.of(MethodHandles.lookup(), Span.class).read(configuration.root()));
        assertEquals(
                "sluice.conf:1: low 5 is above high 2", configuration.problems().toString());
    }

    @Test
    void an_optional_record_that_cannot_be_made_is_absent() {
        Configuration configuration = configuration("maybe { low = 5, high = 4, high-water = 9 }");

        assertEquals(Optional.empty(), HOLDER.read(configuration.root()).maybe());
        assertEquals(
                "sluice.conf:1: maybe: low 5 is above high 4",
                configuration.problems().toString());
    }

    @Test
    void when_no_record_can_be_made_all_problems_so_far_are_thrown() {
        Configuration configuration = Configuration.parse("""
                span { low = 5, high = 4, high-water = 9 }
                maybe { low = x }
                """, "sluice.conf", References.none());

        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> HOLDER.read(configuration.root()));

        assertEquals("""
                sluice.conf:1: span: low 5 is above high 4
                sluice.conf:2: maybe.high-water: is missing
                sluice.conf:2: maybe.high: is missing
                sluice.conf:2: maybe.low: 'x' is not a whole number""", refused.getMessage());
    }

    @Test
    void a_bug_of_the_constructor_is_no_problem_of_the_user() {
        Configuration configuration = configuration("span { low = 14, high = 15, high-water = 16 }");

        assertEquals(
                "a bug",
                assertThrows(IllegalStateException.class, () -> HOLDER.read(configuration.root()))
                        .getMessage());
    }

    private static Configuration configuration(String text) {
        return Configuration.parse(text, "sluice.conf", DEFAULTS);
    }
}
