package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void problems_are_sorted_by_file_and_line_and_told_once() {
        problems.add(new Problem("b.conf", 1, "fifth"));
        problems.add(new Problem("a.conf", 10, "fourth"));
        problems.add(new Problem("a.conf", 9, "third"));
        problems.add(new Problem("a.conf", 9, "again"));
        problems.add(new Problem("a.conf", 9, "third"));
        problems.add(new Problem("a.conf", 0, "first"));

        ConfigurationException refused = assertThrows(ConfigurationException.class, problems::throwIfAny);
        assertEquals("""
                a.conf: first
                a.conf:9: again
                a.conf:9: third
                a.conf:10: fourth
                b.conf:1: fifth""", refused.getMessage());
        assertEquals(problems.list(), refused.problems());
    }

    @Test
    void without_a_problem_nothing_is_thrown() {
        assertTrue(problems.isEmpty());
        assertDoesNotThrow(problems::throwIfAny);
        problems.add(new Problem("", 0, "wrong"));
        assertFalse(problems.isEmpty());
        assertEquals("wrong", problems.toString());
    }

    @Test
    void the_place_is_where_the_library_says() {
        problems.add(ConfigOriginFactory.newSimple("a.conf").withLineNumber(3), "wrong");
        problems.add(ConfigOriginFactory.newSimple("a: b.conf").withLineNumber(4), "wrong");
        problems.add(ConfigOriginFactory.newSimple("env variables"), "wrong");

        assertEquals(
                List.of(
                        new Problem("a.conf", 3, "wrong"),
                        new Problem("a: b.conf", 4, "wrong"),
                        new Problem("env variables", 0, "wrong")),
                problems.list());
    }

    @Test
    void an_object_written_twice_in_one_file_stands_where_it_begins() {
        problems.add(
                parsed("a.conf", "x = 1\no { a = 1 }\no { b = 1 }")
                        .root()
                        .get("o")
                        .origin(),
                "wrong");

        assertEquals(List.of(new Problem("a.conf", 2, "wrong")), problems.list());
    }

    @Test
    void an_object_written_in_two_files_stands_in_the_one_that_wins() {
        Config merged = parsed("a.conf", "\no { a = 1\n }").withFallback(parsed("b.conf", "o { b = 1 }"));

        problems.add(merged.root().get("o").origin(), "wrong");
        problems.add(origin("merge of what nobody knows"), "wrong");
        problems.add(origin("merge of a.conf: x,b.conf: 1"), "wrong");

        assertEquals(
                List.of(
                        new Problem("a.conf", 2, "wrong"),
                        new Problem("a.conf: x", 0, "wrong"),
                        new Problem("what nobody knows", 0, "wrong")),
                problems.list());
    }

    private static ConfigOrigin origin(String description) {
        return ConfigOriginFactory.newSimple(description);
    }

    private static Config parsed(String name, String text) {
        return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(name));
    }
}
