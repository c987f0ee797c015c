package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told at load, all of it, where it stands. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamSettingsTest {
    private static List<String> problems(String configuration) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> Streams.builder().load(configuration));
        return refused.problems().stream().map(Object::toString).toList();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_line_and_nearest_name() {
        List<String> problems = problems("""
                upstreams.backend.servers = [ "127.0.0.1:9000" ]
                stream {
                  limit-conn-zones.addresses = { key = "$remote_adr" }
                  limit-conn = [ { zone = adresses, connections = 10 } ]
                  acces-log = off
                  servers = [
                    { listen = ["127.0.0.1:1000"], proxy { pass = bakend, upload-rate = fast, tmeout = 1s } }
                    { listen = ["127.0.0.1:1000"], return = "$nobody", access = [ { allow = "10.0.0.0/33" }, { } ] }
                    { listen = ["127.0.0.1:1001"], proxy.pass = backend, return = both }
                    { listen = ["127.0.0.1:1002"] }
                    { return = nowhere }
                  ]
                }
                """);
        String all = String.join("\n", problems);
        for (String wanted : new String[] {
            "test.conf:3: stream.limit-conn-zones.addresses.key: unknown variable \"$remote_adr\", did you mean \"$remote_addr\"?",
            "test.conf:4: stream.limit-conn[0].zone: no zone is called 'adresses' (did you mean 'addresses'?)",
            "test.conf:5: unknown setting 'acces-log' in stream (did you mean 'access-log'?)",
            "test.conf:7: stream.servers[0].proxy.upload-rate: must be bytes a second",
            "test.conf:7: stream.servers[0].proxy.pass: ",
            "test.conf:7: unknown setting 'tmeout' in stream.servers[0].proxy (did you mean 'timeout'?)",
            "test.conf:8: stream.servers[1].listen: 127.0.0.1:1000 is there already",
            "test.conf:8: stream.servers[1].return: unknown variable \"$nobody\"",
            "test.conf:8: stream.servers[1].access[0].allow: must be an address, a network",
            "test.conf:8: stream.servers[1].access[1]: a rule says allow or deny",
            "test.conf:9: stream.servers[2].return: the server has a handler already: proxy",
            "test.conf:10: stream.servers[3]: nobody is named who has its sessions: one of pass, proxy, return",
            "test.conf:11: stream.servers[4].listen: is missing",
        }) {
            assertTrue(all.contains(wanted), wanted + " is not in\n" + all);
        }
        assertEquals(13, problems.size(), all);
    }

    @Test
    void where_clients_are_passed_to_must_be_listened_on() {
        List<String> problems = problems("""
                stream.servers = [
                  { listen = ["127.0.0.1:1000"], pass = "127.0.0.1:1001" }
                  { listen = ["127.0.0.1:1002"], pass = "127.0.0.1:1000" }
                  { listen = ["127.0.0.1:1003"], pass = "1004" }
                  { listen = ["*:1004"], pass = "localhost:1000" }
                  { listen = ["127.0.0.1:1005"], pass = "127.0.0.9:1004" }
                  { listen = ["127.0.0.1:1006"], pass = "$protocol" }
                  { listen = [ { address = "127.0.0.1:1007", udp = on } ], return = x }
                  { listen = ["127.0.0.1:1008"], pass = "127.0.0.1:1007" }
                  { listen = ["127.0.0.1:1009"], pass = "127.0.0.1" }
                  { listen = ["127.0.0.1:1010"], pass = "unix:/nobody" }
                  { listen = ["127.0.0.1:1011"], pass = "$nobody" }
                  { listen = ["127.0.0.1:1012"], pass = "" }
                ]
                """);
        String all = String.join("\n", problems);
        for (String wanted : new String[] {
            "test.conf:2: stream.servers[0].pass: no stream is listened for on 127.0.0.1:1001 (did you mean '127.0.0.1:",
            "test.conf:9: stream.servers[7].pass: no stream is listened for on 127.0.0.1:1007",
            "test.conf:10: stream.servers[8].pass: \"127.0.0.1\" names no port",
            "test.conf:11: stream.servers[9].pass: no stream is listened for on unix:/nobody",
            "test.conf:12: stream.servers[10].pass: unknown variable \"$nobody\"",
            "test.conf:13: stream.servers[11].pass: ",
        }) {
            assertTrue(all.contains(wanted), wanted + " is not in\n" + all);
        }
        assertEquals(6, problems.size(), all);
    }

    @Test
    void settings_come_from_the_nearest_level_field_by_field() {
        assertEquals(2, Streams.builder().load("""
                                upstreams.backend.servers = [ "127.0.0.1:9000" ]
                                stream {
                                  proxy { timeout = 1m, buffer-size = 32k }
                                  servers = [
                                    { listen = ["127.0.0.1:1000"], proxy { pass = backend, timeout = 2m } }
                                    { listen = ["127.0.0.1:1001"], proxy.pass = "127.0.0.1:9001" }
                                  ]
                                }
                                """).listenings().size());
    }

    @Test
    void a_local_address_replaces_that_of_all_servers_as_a_whole() {
        assertEquals(1, Streams.builder().load("""
                                stream {
                                  proxy.bind { address = "127.0.0.1", ports = "20000-20009" }
                                  servers = [
                                    { listen = ["127.0.0.1:1000"], proxy { pass = "127.0.0.1:1", bind = "127.0.0.2:20000" } }
                                  ]
                                }
                                """).listenings().size());
    }

    @Test
    void what_is_said_for_all_servers_may_be_said_where_nobody_is_proxied() {
        assertEquals(1, Streams.builder().load("""
                                stream {
                                  proxy { timeout = 1m, proxy-protocol = v2 }
                                  servers = [ { listen = ["127.0.0.1:1000"], return = hello } ]
                                }
                                """).listenings().size());
        assertEquals(
                List.of(
                        "test.conf:2: stream.proxy.proxy-protocol: 'v3' is not one of off, v1, v2",
                        "test.conf:2: stream.proxy.timeout: 'long' is not a duration (a number with ns, us, ms, s, m, h or d)",
                        "test.conf:2: unknown setting 'tmeout' in stream.proxy (did you mean 'timeout'?)"),
                problems("""
                        stream {
                          proxy { timeout = long, proxy-protocol = v3, tmeout = 1m }
                          servers = [ { listen = ["127.0.0.1:1000"], return = hello } ]
                        }
                        """));
    }

    @Test
    void what_a_session_may_need_must_fit_the_memory() {
        List<String> problems = problems("""
                worker-memory = 64k
                stream.servers = [ { listen = ["127.0.0.1:1000"], proxy { pass = "127.0.0.1:9000", buffer-size = 64k } } ]
                """);
        assertTrue(
                problems.getFirst().contains("worker-memory: 65536 bytes are less than the 131072"),
                problems.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2.3", "1.2.3.4.5", "1.2.3.4/", "1.2.3.4/8", "::1/129", "localhost", "", "10.0.0.0/-1", "g::1"
            })
    void what_is_no_address_is_no_rule(String text) {
        List<String> problems = problems("""
                stream.servers = [ { listen = ["127.0.0.1:1000"], return = x, access = [ { deny = "%s" } ] } ]
                """.formatted(text));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains("access[0].deny"), problems.toString());
    }

    @Test
    void what_the_driver_lacks_for_connections_to_peers_is_told_with_its_line() {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> Streams.builder().driver("nio").start("""
                        stream.servers = [ {
                          listen = ["127.0.0.1:0"]
                          proxy { pass = "127.0.0.1:9000", bind { address = "$remote_addr", transparent = on } }
                        } ]
                        """));
        String message = String.valueOf(refused.getMessage());
        assertTrue(
                message.contains("test.conf:1") && message.contains("transparent: the driver nio has no such thing"),
                message);
    }

    @Test
    void zones_are_wrong_only_once_for_many_servers() {
        assertEquals(1, problems("""
                        stream {
                          limit-conn-zones.a = { key = "$nobody" }
                          servers = [
                            { listen = ["127.0.0.1:1000"], return = x }
                            { listen = ["127.0.0.1:1001"], return = x }
                          ]
                        }
                        """).size());
    }

    @Test
    void the_order_of_handlers_is_the_users() {
        List<String> problems = problems("""
                stream.phase-order = [ limit-con ]
                stream.servers = [ { listen = ["127.0.0.1:1000"], return = x } ]
                """);
        assertTrue(problems.getFirst().contains("no handler is called 'limit-con'"), problems.toString());
    }
}
