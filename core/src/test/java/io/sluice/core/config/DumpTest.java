package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigValue;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A dump is a configuration that means the same as the one it was made of. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DumpTest {

    record Log(@Shorthand Optional<String> file, String level, boolean enabled) {}

    record Group(String method, List<Peer> peers) {}

    record Peer(@Shorthand String address, int weight, Optional<String> note) {}

    record Top(Duration time, Optional<String> maybe, Optional<List<Log>> log) {}

    private static final References DEFAULTS = References.of("reference.conf", """
            time = 5s
            maybe = null
            log { file = null, level = error, enabled = on }
            groups {
              method = first
              peers { address = null, weight = 1, note = null }
            }
            """);

    private static final Settings<Top> TOP =
            Settings.of(MethodHandles.lookup(), Top.class).at(Level.ROOT);
    private static final Settings<Group> GROUP =
            Settings.of(MethodHandles.lookup(), Group.class).at(Level.ROOT.child("groups"));

    private static Configuration read(String text, String name) {
        Configuration configuration = Configuration.parse(text, name, DEFAULTS);
        configuration.declare(GROUP);
        TOP.read(configuration.root());
        configuration.root().named("groups").forEach(GROUP::read);
        configuration.check();
        return configuration;
    }

    private static String withoutPlaces(String dump) {
        return dump.replaceAll("(?m) # \\S+$", "");
    }

    @Test
    void each_element_has_its_own_defaults_and_a_list_that_is_not_there_is_a_comment() {
        assertEquals("""
                groups {
                    a {
                        method = "first"
                        peers = [
                            {
                                address = "x:1"
                                weight = 7
                            }
                            "y:1"
                        ]
                    }
                    b {
                        method = "second"
                        # each of peers would have
                        #    address = null
                        #    note = null
                        #    weight = 1
                    }
                }
                # each of log would have
                #    enabled = "on"
                #    file = null
                #    level = "error"
                # maybe = null
                time = "5s"
                """, withoutPlaces(read("""
                groups.a.peers = [{ address = "x:1", weight = 7 }, "y:1"]
                groups.b.method = second
                """, "sluice.conf").dump()));
    }

    @Test
    void one_object_in_the_place_of_a_list_keeps_the_defaults_of_an_element() {
        assertEquals(
                """
                # each of groups would have
                #    method = "first"
                #    # each of peers would have
                #    #    address = null
                #    #    note = null
                #    #    weight = 1
                log {
                    enabled = "on"
                    file = "x"
                    level = "error"
                }
                maybe = null
                time = "5s"
                """,
                withoutPlaces(read("log.file = x, maybe = null", "sluice.conf").dump()));
    }

    record Whole(Duration time, ConfigValue types) {}

    @Test
    void of_a_value_that_looks_like_a_group_no_default_is_left() {
        References defaults = References.of("reference.conf", "time = 1s, types { a = b }");
        for (String text : List.of("types { c = d }", "")) {
            Configuration configuration = Configuration.parse(text, "sluice.conf", defaults);
            Settings.of(MethodHandles.lookup(), Whole.class).at(Level.ROOT).read(configuration.root());
            String kept = text.isEmpty() ? "a = \"b\"" : "c = \"d\"";
            assertEquals("time = \"1s\"\ntypes {\n    " + kept + "\n}\n", withoutPlaces(configuration.dump()));
        }
    }

    @Test
    void a_dump_of_a_dump_is_the_same() {
        for (String text : List.of(
                "",
                "maybe = null",
                "log = x, time = 7s",
                "log = off",
                "log = []",
                "log = [x, { file = y, level = info }]",
                "groups { a { peers = [a, { address = b, note = n }] }, b { method = m, peers { address = c } } }")) {
            String once = withoutPlaces(read(text, "sluice.conf").dump());
            assertEquals(once, withoutPlaces(read(once, "dumped.conf").dump()), text);
        }
    }
}
