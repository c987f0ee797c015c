package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SectionTest {

    @Test
    void a_section_knows_where_it_stands() {
        Section server = parse("""
                http {
                    servers = [
                        { a = 1 }
                        { b = 2 }
                    ]
                }
                """).root().section("http").sections("servers").get(1);

        assertEquals("http.servers[1]", server.path());
        assertEquals("servers", server.name());
        assertEquals(new Level("http.servers"), server.level());
        assertEquals(4, server.origin().lineNumber());
        assertEquals(ConfigValueFactory.fromAnyRef(2), server.value("b"));
        assertTrue(server.has("b"));
        assertFalse(server.has("a"));
        assertNull(server.value("a"));
    }

    @Test
    void all_readers_of_a_place_share_one_section() {
        Section root = parse("http { a = 1, b = 2 }, list = [{ c = 3 }], named { x { d = 4 } }")
                .root();

        assertSame(root.section("http"), root.section("http"));
        assertSame(root.sections("list").getFirst(), root.sections("list").getFirst());
        assertSame(root.named("named").getFirst(), root.named("named").getFirst());
        assertSame(root.section("absent"), root.section("absent"));
    }

    @Test
    void what_is_absent_or_null_is_read_as_empty() {
        Configuration configuration = parse("\nnothing = null");
        Section root = configuration.root();

        for (String key : List.of("absent", "nothing")) {
            assertFalse(root.section(key).has("x"));
            assertEquals(List.of(), root.section(key).sections("x"));
        }
        assertEquals(List.of(), root.sections("no-list"));
        assertEquals(List.of(), root.named("no-names"));
        assertEquals(root.origin(), root.section("absent").origin());
        configuration.check();
    }

    @Test
    void one_object_stands_for_a_list_of_one() {
        Section root = parse("servers { a = 1 }").root();

        assertEquals(1, root.sections("servers").size());
        assertEquals("servers", root.sections("servers").getFirst().path());
    }

    @Test
    void a_switch_is_an_object_with_a_switch_in_it() {
        Section cache = parse("cache = on").root().section("cache");

        assertEquals(ConfigValueFactory.fromAnyRef("on"), cache.value("enabled"));
    }

    @Test
    void what_has_the_wrong_form_is_a_problem_and_read_as_absent() {
        Configuration configuration = parse("""
                group = 5
                list = [{ a = 1 }, 5, [], null]
                named = 5
                other { x { }, y = 5 }
                """);
        Section root = configuration.root();

        assertFalse(root.section("group").has("enabled"));
        assertEquals(1, root.sections("list").size());
        assertEquals(0, root.named("named").size());
        assertEquals(1, root.named("other").size());
        assertEquals("""
                sluice.conf:1: group: must be an object { … }, is '5'
                sluice.conf:2: list[1]: must be an object { … }, is '5'
                sluice.conf:2: list[2]: must be an object { … }, is a list
                sluice.conf:2: list[3]: must be an object { … }, is null
                sluice.conf:3: named: must be an object of named entries, is '5'
                sluice.conf:4: other.y: must be an object { … }, is '5'""", configuration.problems().toString());
    }

    @Test
    void named_entries_a_group_and_a_list_under_one_key_are_three_readings_of_it() {
        Configuration configuration = parse("ups { a { x = 1 }, b { y = 2 } }");
        Section root = configuration.root();

        assertEquals("ups", root.section("ups").name());
        List<Section> named = root.named("ups");
        assertEquals(List.of("a", "b"), named.stream().map(Section::name).toList());
        assertEquals("ups", root.sections("ups").getFirst().path());
        assertTrue(root.section("ups").has("a"));

        named.getFirst().value("x");
        assertEquals(
                "sluice.conf:1: unknown setting 'y' in ups.b",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void a_list_is_no_group_although_it_was_read_as_a_list_before() {
        Configuration configuration = parse("list = [{ a = 1 }, { a = 2 }]");
        configuration.root().sections("list");

        assertFalse(configuration.root().section("list").has("a"));
        assertEquals(
                "sluice.conf:1: list: must be an object { … }, is a list",
                configuration.problems().toString());
    }

    @Test
    void a_key_that_anyone_asked_for_is_known() {
        Configuration configuration = parse("""
                http {
                    first = 1
                    second = 2
                    thrid = 3
                    opaque { whatever = 1 }
                }
                """);
        Section http = configuration.root().section("http");
        http.value("first");
        http.value("third");
        configuration.root().section("http").value("second");
        http.value("opaque");

        assertEquals(
                "sluice.conf:4: unknown setting 'thrid' in http (did you mean 'third'?)",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void a_key_known_in_one_section_is_unknown_in_the_next() {
        Configuration configuration = parse("""
                upstreams {
                    a { balance = hash, hash-key = x }
                    b { balance = random, hash-key = x }
                }
                """);
        List<Section> upstreams = configuration.root().named("upstreams");
        upstreams.forEach(upstream -> upstream.value("balance"));
        upstreams.getFirst().value("hash-key");

        assertEquals(
                "sluice.conf:3: unknown setting 'hash-key' in upstreams.b",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    private static Configuration parse(String text) {
        return Configuration.parse(text, "sluice.conf", References.none());
    }
}
