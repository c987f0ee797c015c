package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigValueFactory;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsGroupsTest {

    record Gzip(boolean enabled, int level, Window window) {}

    record Window(int bits) {}

    record Log(@Shorthand String path, boolean enabled, int buffer) {}

    record Groups(
            Gzip gzip,
            @Replaced Log accessLog,
            List<NameValue> addHeader,
            @Nullable Window maybe) {}

    private static final Settings<Groups> GROUPS = Settings.of(MethodHandles.lookup(), Groups.class);

    private static final References DEFAULTS = References.of("reference.conf", """
            gzip { enabled = off, level = 1, window.bits = 15 }
            access-log { path = logs/access.log, enabled = on, buffer = 0 }
            add-header = []
            maybe = null
            """);

    @Test
    void a_record_in_a_record_is_a_group() {
        Groups groups = read("gzip { level = 9, window { bits = 10 } }, maybe.bits = 3");

        assertEquals(new Gzip(false, 9, new Window(10)), groups.gzip());
        assertEquals(new Window(3), groups.maybe());
        assertNull(read("").maybe());
    }

    @Test
    void a_switch_is_short_for_enabled() {
        assertEquals(new Gzip(true, 1, new Window(15)), read("gzip = on").gzip());
        assertEquals(
                new Log("logs/access.log", false, 0), read("access-log = off").accessLog());
        assertEquals(
                new Log("logs/access.log", false, 0), read("access-log = false").accessLog());
    }

    @Test
    void a_plain_value_is_short_for_the_component_that_says_so() {
        assertEquals(new Log("a.log", true, 0), read("access-log = a.log").accessLog());
    }

    @Test
    void on_and_off_are_texts_for_a_record_without_a_switch() {
        record Named(@Shorthand String name) {}
        record Holder(Named zone) {}
        Settings<Holder> settings = Settings.of(MethodHandles.lookup(), Holder.class);

        assertEquals(new Holder(new Named("off")), read(settings, "zone = off", References.none()));
        assertEquals(new Holder(new Named("true")), read(settings, "zone = true", References.none()));
    }

    @Test
    void a_group_that_is_no_group_is_a_problem() {
        assertEquals("""
                sluice.conf:1: gzip.window: must be an object { … }, is '9'
                sluice.conf:2: access-log: must be an object { … }, is a list
                sluice.conf:3: maybe.bits: is missing
                sluice.conf:3: maybe: cannot be switched on or off
                sluice.conf:4: add-header[1]: must be an object { … }, is 'X-A: b'
                sluice.conf:5: unknown setting 'levels' in gzip (did you mean 'level'?)""", problems("""
                gzip.window = 9
                access-log = []
                maybe = on
                add-header = [{ name = a, value = b }, "X-A: b"]
                gzip.levels = 3
                """));
    }

    @Test
    void headers_are_a_list_of_names_and_values() {
        assertEquals(
                List.of(new NameValue("X-A", "1"), new NameValue("X-A", "")),
                read("add-header = [{ name = X-A, value = 1 }, { name = X-A, value = \"\" }]")
                        .addHeader());
        assertEquals(
                List.of(new NameValue("X-A", "1")),
                read("add-header { name = X-A, value = 1 }").addHeader());
    }

    @Test
    void the_elements_of_a_list_have_defaults_of_their_own() {
        record Peer(@Shorthand String address, int weight, Optional<String> zone) {}
        record Upstream(List<Peer> servers, String balance) {}
        References defaults = References.of("reference.conf", """
                upstreams {
                    balance = round-robin
                    servers { weight = 1, zone = null }
                }
                """);
        Configuration configuration = Configuration.parse("""
                upstreams {
                    front { balance = ip-hash, servers = "10.0.0.1:80" }
                    back.servers = ["10.0.0.2:80", { address = "10.0.0.3:80", weight = 5, zone = a }]
                    idle { }
                }
                """, "sluice.conf", defaults);
        Settings<Upstream> settings =
                Settings.of(MethodHandles.lookup(), Upstream.class).at(Level.ROOT.child("upstreams"));

        List<Section> upstreams = configuration.root().named("upstreams");

        assertEquals(
                List.of("back", "front", "idle"),
                upstreams.stream().map(Section::name).toList());
        assertEquals(
                new Upstream(
                        List.of(
                                new Peer("10.0.0.2:80", 1, Optional.empty()),
                                new Peer("10.0.0.3:80", 5, Optional.of("a"))),
                        "round-robin"),
                settings.read(upstreams.get(0)));
        assertEquals(
                new Upstream(List.of(new Peer("10.0.0.1:80", 1, Optional.empty())), "ip-hash"),
                settings.read(upstreams.get(1)));
        assertEquals(new Upstream(List.of(), "round-robin"), settings.read(upstreams.get(2)));
        configuration.check();
    }

    @Test
    void a_list_of_records_may_have_a_default() {
        record Listening(List<Listen> listen) {}
        References defaults = References.of("reference.conf", "listen = [\"*:80\"]");
        Configuration configuration = Configuration.parse("", "sluice.conf", defaults);

        assertEquals(
                new Listening(List.of(new Listen("*:80"))),
                Settings.of(MethodHandles.lookup(), Listening.class).read(configuration.root()));
    }

    record Listen(@Shorthand String address) {}

    @Test
    void settings_may_stand_in_groups_of_their_level() {
        record Zone(@Shorthand String name, int rate) {}
        Settings<Zone> settings =
                Settings.of(MethodHandles.lookup(), Zone.class).under("limit", "zone");
        References defaults = References.of("reference.conf", "limit.zone { name = none, rate = 10 }");

        assertEquals(new Zone("none", 10), read(settings, "", defaults));
        Configuration misspelt = Configuration.parse("limits.zone = one", "sluice.conf", defaults);
        settings.read(misspelt.root());
        assertEquals(
                "sluice.conf:1: unknown setting 'limits' (did you mean 'limit'?)",
                assertThrows(ConfigurationException.class, misspelt::check).getMessage());
        assertEquals(new Zone("none", 20), read(settings, "limit.zone.rate = 20", defaults));
        assertEquals(new Zone("one", 10), read(settings, "limit { zone = one }", defaults));
    }

    @Test
    void a_group_without_defaults_names_what_is_missing() {
        record Outside(Window window) {}
        Configuration configuration = Configuration.parse("", "sluice.conf", References.none());

        Settings.of(MethodHandles.lookup(), Outside.class).read(configuration.root());

        assertEquals(
                "sluice.conf:1: window.bits: is missing",
                configuration.problems().toString());
    }

    @Test
    void null_takes_back_the_default_of_a_group() {
        record Outside(Optional<Window> window) {}
        Settings<Outside> settings = Settings.of(MethodHandles.lookup(), Outside.class);
        References defaults = References.of("reference.conf", "window.bits = 15");

        assertEquals(new Outside(Optional.of(new Window(15))), read(settings, "", defaults));
        assertEquals(new Outside(Optional.empty()), read(settings, "window = null", defaults));
    }

    @Test
    void knowing_where_one_was_read_is_no_setting() {
        record Placed(@Here Section here) {}
        Configuration configuration = Configuration.parse("\"\" = 1", "sluice.conf", References.none());
        Settings.of(MethodHandles.lookup(), Placed.class).read(configuration.root());

        assertEquals(
                "sluice.conf:1: unknown setting ''",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void a_record_may_know_where_it_was_read() {
        record Peer(@Here Section here, @Shorthand String address) {}
        record Upstream(List<Peer> servers, @Here Section own, Optional<Peer> backup) {}
        Configuration configuration = Configuration.parse("""
                up {
                    servers = [
                        []
                        { address = a }
                        b
                    ]
                }
                """, "sluice.conf", References.none());
        Upstream read = Settings.of(MethodHandles.lookup(), Upstream.class)
                .read(configuration.root().section("up"));

        read.servers().forEach(peer -> peer.here().problem("address", "unknown host " + peer.address()));
        read.own().problem("no backup");

        assertEquals("""
                sluice.conf:1: up: no backup
                sluice.conf:3: up.servers[0]: must be an object { … }, is a list
                sluice.conf:4: up.servers[1].address: unknown host a
                sluice.conf:5: up.servers[2].address: unknown host b""", configuration.problems().toString());
    }

    @Test
    void a_plugin_may_read_what_is_below_on_its_own() {
        record Own(Section rules, List<Section> steps, Optional<Section> maybe) {}
        Configuration configuration = Configuration.parse("""
                rules { a = 1 }
                steps = [{ b = 2 }, { b = 3, c = 4 }]
                """, "sluice.conf", References.none());
        Own own = Settings.of(MethodHandles.lookup(), Own.class).read(configuration.root());

        assertEquals(ConfigValueFactory.fromAnyRef(1), own.rules().value("a"));
        assertEquals(2, own.steps().size());
        assertEquals(Optional.empty(), own.maybe());
        own.steps().forEach(step -> step.value("b"));

        ConfigurationException refused = assertThrows(ConfigurationException.class, configuration::check);
        assertEquals("sluice.conf:2: unknown setting 'c' in steps[1]", refused.getMessage());
    }

    private static Groups read(String text) {
        return read(GROUPS, text, DEFAULTS);
    }

    private static <R extends Record> R read(Settings<R> settings, String text, References defaults) {
        Configuration configuration = Configuration.parse(text, "sluice.conf", defaults);
        R read = settings.read(configuration.root());
        configuration.check();
        return read;
    }

    private static String problems(String text) {
        Configuration configuration = Configuration.parse(text, "sluice.conf", DEFAULTS);
        GROUPS.read(configuration.root());
        return String.valueOf(
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }
}
