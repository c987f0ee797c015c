package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsLevelsTest {

    private static final Level OUTER = new Level("outer");
    private static final Level MIDDLE = new Level("outer.middle");
    private static final Level INNER = new Level("outer.middle.inner");

    record Part(int first, int second) {}

    record All(
            int inheritedByDefault,
            @Inherited Part inherited,
            @Replaced Part replaced,
            @Local Part local,
            @Local int localNumber,
            List<String> list,
            @Local List<String> localList,
            Optional<Part> maybe) {}

    private static final Settings<All> ALL = Settings.of(MethodHandles.lookup(), All.class);

    private static final References DEFAULTS = References.of("reference.conf", """
            outer {
                inherited-by-default = 0
                inherited { first = 0, second = 0 }
                replaced { first = 0, second = 0 }
                local { first = 0, second = 0 }
                local-number = 0
                list = [default]
                local-list = [default]
                maybe = null
                middle { inherited-by-default = 100 } # the default of settings that may not stand further out
            }
            """);

    @Test
    void the_defaults_stand_outside_of_all_levels() {
        Part zero = new Part(0, 0);

        assertEquals(
                new All(0, zero, zero, zero, 0, List.of("default"), List.of("default"), Optional.empty()),
                read("outer { middle { inner { } } }"));
    }

    @Test
    void inherited_is_taken_together_field_by_field() {
        All all = read("""
                outer {
                    inherited-by-default = 1
                    inherited { first = 1, second = 1 }
                    middle { inherited.second = 2, inner { } }
                }
                """);

        assertEquals(1, all.inheritedByDefault());
        assertEquals(new Part(1, 2), all.inherited());
        assertEquals(
                new Part(3, 0), read("outer.middle.inner.inherited.first = 3").inherited());
    }

    @Test
    void replaced_is_taken_whole_from_the_nearest_level() {
        All all = read("""
                outer {
                    replaced { first = 1, second = 1 }
                    middle { replaced.second = 2, inner { } }
                }
                """);

        assertEquals(new Part(0, 2), all.replaced());
    }

    @Test
    void local_counts_on_the_own_level_only() {
        All all = read("""
                outer {
                    local { first = 1, second = 1 }, local-number = 1, local-list = [outer]
                    middle { local.second = 2, local-number = 2, local-list = [middle], inner { local.first = 3 } }
                }
                """);

        assertEquals(new Part(3, 0), all.local());
        assertEquals(0, all.localNumber());
        assertEquals(List.of("default"), all.localList());
        assertEquals(5, read("outer.middle.inner.local-number = 5").localNumber());
    }

    @Test
    void lists_are_never_united() {
        assertEquals(
                List.of("b"),
                read("outer { list = [a], middle { list = [b], inner { } } }").list());
        assertEquals(
                List.of(),
                read("outer { list = [a], middle { list = [b], inner.list = [] } }")
                        .list());
    }

    @Test
    void what_may_be_absent_is_there_once_any_level_sets_it() {
        Configuration configuration =
                configuration("outer { maybe { first = 1, second = 1 }, middle.inner.maybe.second = 3 }");

        assertEquals(
                Optional.of(new Part(1, 3)), ALL.read(levels(configuration)).maybe());
        assertEquals(
                Optional.empty(),
                read("outer { maybe { first = 1, second = 1 }, middle.inner.maybe = null }")
                        .maybe());
    }

    @Test
    void a_wrong_value_does_not_hide_behind_a_good_one() {
        Configuration configuration = configuration("""
                outer {
                    inherited-by-default = a
                    replaced.first = b
                    list = {}
                    middle { inherited-by-default = 1, replaced.first = 1, list = [], inner { } }
                }
                """);

        All all = ALL.read(levels(configuration));

        assertEquals(1, all.inheritedByDefault());
        assertEquals(new Part(1, 0), all.replaced());
        assertEquals("""
                sluice.conf:2: outer.inherited-by-default: 'a' is not a whole number
                sluice.conf:3: outer.replaced.first: 'b' is not a whole number
                sluice.conf:4: outer.list: an object is not a text""", configuration.problems().toString());
    }

    @Test
    void levels_where_a_setting_may_not_stand_do_not_count() {
        record Count(int inheritedByDefault) {}
        Settings<Count> fromMiddle =
                Settings.of(MethodHandles.lookup(), Count.class).at(MIDDLE, INNER);
        Configuration configuration = configuration("outer { inherited-by-default = 1, middle { inner { } } }");

        assertEquals(new Count(100), fromMiddle.read(levels(configuration)));
        configuration.declare(ALL.at(INNER));
        assertEquals("""
                sluice.conf:1: misplaced setting 'inherited-by-default' in outer (it belongs to outer.middle or outer.middle.inner)""", refusal(configuration));
    }

    @Test
    void local_settings_have_their_defaults_where_they_may_not_stand() {
        record LocalCount(@Local int inheritedByDefault) {}
        Settings<LocalCount> atMiddle =
                Settings.of(MethodHandles.lookup(), LocalCount.class).at(MIDDLE);
        Configuration configuration =
                configuration("outer.middle { inherited-by-default = 1, inner { inherited-by-default = 5 } }");

        assertEquals(new LocalCount(100), atMiddle.read(levels(configuration)));
    }

    @Test
    void local_is_local_in_an_inherited_group_too() {
        record Half(int first, @Local int second) {}
        record Whole(Half inherited) {}
        Settings<Whole> settings =
                Settings.of(MethodHandles.lookup(), Whole.class).at(OUTER, MIDDLE, INNER);

        assertEquals(
                new Whole(new Half(1, 0)),
                settings.read(levels(configuration("outer.inherited { first = 1, second = 1 }"))));
        assertEquals(
                new Whole(new Half(1, 2)),
                settings.read(
                        levels(configuration("outer { inherited.first = 1, middle.inner.inherited.second = 2 }"))));
    }

    @Test
    void null_takes_back_a_group() {
        Configuration configuration = configuration("""
                outer {
                    inherited { first = 1, second = 1 }
                    replaced { first = 1, second = 1 }
                    maybe { first = 1, second = 1 }
                    middle {
                        inherited = null, replaced = null, maybe = null
                        inner { inherited.second = 3, maybe { first = 4, second = 5 } }
                    }
                }
                """);

        All all = ALL.read(levels(configuration));
        configuration.check();

        assertEquals(new Part(0, 3), all.inherited());
        assertEquals(new Part(0, 0), all.replaced());
        assertEquals(Optional.of(new Part(4, 5)), all.maybe());
    }

    @Test
    void null_takes_back_the_group_of_a_plugin() {
        Settings<Part> settings =
                Settings.of(MethodHandles.lookup(), Part.class).under("inherited");

        assertEquals(
                new Part(0, 0),
                settings.read(levels(configuration("outer { inherited.first = 1, middle.inner.inherited = null }"))));
    }

    @Test
    void what_a_plugin_reads_on_its_own_is_left_alone_where_it_is_hidden() {
        record Rules(List<Section> rules) {}
        Settings<Rules> settings =
                Settings.of(MethodHandles.lookup(), Rules.class).at(OUTER, MIDDLE, INNER);
        Configuration configuration = configuration("outer { rules = [{ a = 1 }], middle.inner.rules = [{ b = 2 }] }");

        settings.read(levels(configuration)).rules().getFirst().value("b");

        configuration.check();
    }

    @Test
    void settings_that_were_read_anywhere_are_known_at_all_their_levels() {
        Configuration configuration = configuration("outer { list = [], middle.inner.list = [], middle.lists = [] }");
        Section outer = configuration.root().section("outer");

        ALL.at(OUTER, INNER).read(outer);

        assertEquals("sluice.conf:1: unknown setting 'lists' in outer.middle", refusal(configuration));
    }

    @Test
    void a_problem_found_later_is_reported_where_the_nearest_level_sets_it() {
        Configuration configuration = configuration("""
                outer {
                    inherited.first = 1
                    middle {
                        inherited.first = 2
                        inner {
                            inherited.second = 3
                        }
                    }
                }
                """);
        Levels levels = levels(configuration);

        levels.problem("inherited.first", "no such peer");
        levels.problem("inherited.third", "is needed here");
        levels.own().problem("is odd");
        configuration.root().problem("too short");

        assertEquals("""
                sluice.conf:1: too short
                sluice.conf:4: outer.middle.inherited.first: no such peer
                sluice.conf:5: outer.middle.inner.inherited.third: is needed here
                sluice.conf:5: outer.middle.inner: is odd""", configuration.problems().toString());
    }

    private static String refusal(Configuration configuration) {
        try {
            configuration.check();
            return "";
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static All read(String text) {
        Configuration configuration = configuration(text);
        Levels levels = levels(configuration);
        All all = ALL.at(OUTER, MIDDLE, INNER).read(levels);
        configuration.check();
        return all;
    }

    private static Configuration configuration(String text) {
        return Configuration.parse(text, "sluice.conf", DEFAULTS);
    }

    private static Levels levels(Configuration configuration) {
        Section outer = configuration.root().section("outer");
        Section middle = outer.section("middle");
        return Levels.of(outer).then(middle).then(middle.section("inner"));
    }
}
