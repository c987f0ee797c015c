package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a = $uri                 | (put a text that has a variable in double quotes: "$uri")
            a = [ $uri ]             | (put a text that has a variable in double quotes: "$uri")
            pass = http://backend    | (put a text with such characters in double quotes)
            listen = *:80            | (put a text with such characters in double quotes)
            listen 80                | (a setting is written: key = value)
            a = [1 }                 | instead had token: '}'
            a { b = 1                | (a '{' or '[' is not closed)
            a = "\\."                | use double-backslash \\\\ for literal backslash))
            """)
    void a_text_that_cannot_be_parsed_is_refused_with_a_way_out(String text, String way) {
        ConfigurationException refused = refusal("x = 1\n" + text);

        assertEquals(1, refused.problems().size());
        assertEquals(2, refused.problems().getFirst().line());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("sluice.conf:2: "), message);
        assertTrue(message.endsWith(way), message);
        assertFalse(message.contains(".properties"), message);
    }

    @Test
    void a_group_that_is_not_closed_is_told_in_our_words() {
        assertEquals(
                "sluice.conf:3: expecting '}' or ')' here, not: end of file (a '{' or '[' is not closed)",
                refusal("a {\n b = 1\n").getMessage());
    }

    @Test
    void what_cannot_be_substituted_is_told_with_everything_else() {
        Configuration configuration = Sample.parse("""
                worker-connections = ${missing.one}
                http {
                    keepalive_timeout = 1s
                    add-header = [{ name = a, value = ${missing.two} }, ${missing.three}]
                    proxy = ${missing.four} { connect-timeout = 1s }
                    proxy.next-upstream = [[${missing.five}]]
                    servers = ${?missing.six}
                }
                """);
        Sample.read(configuration);

        assertEquals(
                """
                sluice.conf:1: ${missing.one} has no value: neither the configuration nor the environment sets it
                sluice.conf:3: unknown setting 'keepalive_timeout' in http (did you mean 'keepalive-timeout'?)
                sluice.conf:4: ${missing.three} has no value: neither the configuration nor the environment sets it
                sluice.conf:4: ${missing.two} has no value: neither the configuration nor the environment sets it
                sluice.conf:5: ${missing.four} has no value: neither the configuration nor the environment sets it""",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void substitutions_that_go_in_a_circle_are_a_problem() {
        Configuration configuration = Configuration.parse("a = ${b}\nb = ${a}", "sluice.conf", References.none());

        String problem = configuration.problems().toString();

        assertTrue(problem.startsWith("sluice.conf:"), problem);
        assertTrue(problem.contains("cycle"), problem);
    }

    @Test
    void values_come_from_elsewhere_in_the_file_and_from_the_environment() {
        Configuration configuration = Configuration.parse("""
                size = 8
                copy = ${size}
                port = ${PATH}
                """, "sluice.conf", References.none());

        assertEquals(
                String.valueOf(System.getenv("PATH")),
                String.valueOf(configuration.root().value("port")).replaceAll("^Quoted\\(\"|\"\\)$", ""));
        configuration.root().problem("copy", "is wrong");
        configuration.root().problem("port", "is wrong");
        assertEquals(
                List.of("sluice.conf:1: copy: is wrong", "sluice.conf:1: port: is wrong"),
                configuration.problems().list().stream().map(Problem::toString).toList());
    }

    @Test
    void declared_settings_are_known_where_nobody_reads_them() {
        Configuration configuration = Sample.parse("""
                worker-connections = 5
                http {
                    keepalive-timeout = 5s
                    proxy { connect-timeout = 1s, buffers.cuont = 5 }
                    servers { server-names = a, lissten = 80, locations = [{ paht = "/", locations { proxy.pas = a } }] }
                }
                """);
        for (Settings<?> settings : List.of(
                Sample.MAIN,
                Sample.HTTP_BLOCK,
                Sample.CORE,
                Sample.SERVER_BLOCK,
                Sample.LOCATION_BLOCK,
                Sample.PROXY,
                Sample.PASS)) {
            configuration.declare(settings);
        }

        assertEquals(
                """
                sluice.conf:4: unknown setting 'cuont' in http.proxy.buffers (did you mean 'count'?)
                sluice.conf:5: unknown setting 'lissten' in http.servers (did you mean 'listen'?)
                sluice.conf:5: unknown setting 'paht' in http.servers.locations[0] (did you mean 'path'?)
                sluice.conf:5: unknown setting 'pas' in http.servers.locations[0].locations.proxy (did you mean 'pass'?)""",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void a_name_of_another_part_of_the_file_is_offered_last() {
        Configuration configuration = Configuration.parse("""
                http { listen = 80, pathh = 1, nothing-like-it = 1, name = x, server { name = y } }
                stream { pass = a, listen = 81, name = z }
                """, "sluice.conf", References.none());
        configuration.root().section("stream").value("pass");
        configuration.root().section("stream").value("listen");
        configuration.root().section("stream").value("name");
        configuration.root().section("http").value("path");
        configuration.root().section("http").section("server").value("name");

        assertEquals(
                """
                sluice.conf:1: misplaced setting 'listen' in http (it belongs to stream)
                sluice.conf:1: misplaced setting 'name' in http (it belongs to http.server)
                sluice.conf:1: unknown setting 'nothing-like-it' in http
                sluice.conf:1: unknown setting 'pathh' in http (did you mean 'path'?)""",
                assertThrows(ConfigurationException.class, configuration::check).getMessage());
    }

    @Test
    void a_tree_from_elsewhere_is_read_like_a_file() {
        Configuration configuration = Configuration.of(
                ConfigFactory.parseString("worker-connections = 5").root(), Sample.REFERENCE);

        assertEquals(5, Sample.MAIN.read(configuration.root()).workerConnections());
        configuration.check();
    }

    @Test
    void the_dump_shows_all_that_counts_and_where_it_comes_from() {
        Configuration configuration = Configuration.parse("""
                a = ${b}
                b = 5s
                d.e = [
                    { f = [[]] }
                    { }
                ]
                """, "sluice.conf", References.of("x/reference.conf", """
                # What c is.
                c = [1]
                b = 1s
                d { "g.h" = null }
                """));

        assertEquals("""
                a = "5s" # sluice.conf:2
                b = "5s" # sluice.conf:2
                c = [1] # x/reference.conf:2
                d {
                    e = [
                        {
                            f = [
                                [] # sluice.conf:4
                            ]
                        }
                        {} # sluice.conf:5
                    ]
                    # "g.h" = null # x/reference.conf:4
                }
                """, configuration.dump());
    }

    private static ConfigurationException refusal(String text) {
        return assertThrows(
                ConfigurationException.class, () -> Configuration.parse(text, "sluice.conf", References.none()));
    }
}
