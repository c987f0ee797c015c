package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleTest {

    @Test
    void two_plugins_read_one_tree() {
        Configuration configuration = Sample.parse("""
                http {
                    keepalive-timeout = 30s
                    servers = [
                        {
                            listen = ["*:80", { address = "*:443", ssl = on }]
                            server-names = example.org
                            proxy.connect-timeout = 5s
                            locations = [
                                { path = "/", proxy.pass = "http://backend" }
                                {
                                    path = "/big"
                                    client-max-body-size = 1g
                                    proxy { buffers.count = 16, next-upstream = invalid-header }
                                    locations = { path = "/big/small", client-max-body-size = 1k }
                                }
                            ]
                        }
                    ]
                }
                """);

        List<Sample.Read> locations = Sample.read(configuration);
        configuration.check();

        Sample.Read root = locations.get(0);
        assertEquals(512, root.main().workerConnections());
        assertEquals(
                List.of(new Sample.Listen("*:80", 511, false), new Sample.Listen("*:443", 511, true)),
                root.server().listen());
        assertEquals(List.of("example.org"), root.server().serverNames());
        assertEquals(new Sample.Core(Duration.ofSeconds(30), 1 << 20, List.of()), root.core());
        assertEquals(new Sample.Pass(Optional.of("http://backend")), root.pass());
        assertEquals(
                new Sample.Proxy(
                        Duration.ofSeconds(5),
                        new Sample.Buffers(8, new Bytes(4096)),
                        List.of(Sample.NextUpstream.ERROR, Sample.NextUpstream.TIMEOUT)),
                root.proxy());

        Sample.Read big = locations.get(1);
        assertEquals(1L << 30, big.core().clientMaxBodySize());
        assertEquals(new Sample.Pass(Optional.empty()), big.pass());
        assertEquals(
                new Sample.Proxy(
                        Duration.ofSeconds(5),
                        new Sample.Buffers(16, new Bytes(4096)),
                        List.of(Sample.NextUpstream.INVALID_HEADER)),
                big.proxy());

        Sample.Read small = locations.get(2);
        assertEquals("/big/small", small.location().path());
        assertEquals(1024, small.core().clientMaxBodySize());
        assertEquals(16, small.proxy().buffers().count());
    }

    @Test
    void every_problem_is_told_at_once() {
        Configuration configuration = Sample.parse("""
                worker-connections = 0
                worker_connections = 10
                keepalive-timeout = 5s
                htp { }
                http {
                    keepalive_timeout = 5s
                    keepalive-timeout = 5 parsecs
                    locations = []
                    proxy.pass = "http://early"
                    proxy = { connect-timeout = -1s, next-upstream = [error, timeuot] }
                    servers = [
                        {
                            listen = [80, { adress = "*:81" }, ""]
                            listen-backlog = 1
                            server-names = { a = b }
                            locations = [
                                { path = "/", proxy = on }
                                { client-max-body-size = 1 potato, proxy_pass = "http://backend" }
                                { path = "/c", add-header = { name = "", value = 1 }, proxy.buffers = { count = many } }
                                5
                            ]
                        }
                    ]
                    unix = ${no.such.thing}
                }
                """);

        Sample.read(configuration);

        ConfigurationException refused = assertThrows(ConfigurationException.class, configuration::check);
        assertEquals("""
                sluice.conf:1: worker-connections: '0' is less than 1
                sluice.conf:2: unknown setting 'worker_connections' (did you mean 'worker-connections'?)
                sluice.conf:3: misplaced setting 'keepalive-timeout' (it belongs to http, http.servers or http.servers.locations)
                sluice.conf:4: unknown setting 'htp' (did you mean 'http'?)
                sluice.conf:6: unknown setting 'keepalive_timeout' in http (did you mean 'keepalive-timeout'?)
                sluice.conf:7: http.keepalive-timeout: '5 parsecs' is not a duration (a number with ns, us, ms, s, m, h or d)
                sluice.conf:8: misplaced setting 'locations' in http (it belongs to http.servers or http.servers.locations)
                sluice.conf:9: misplaced setting 'pass' in http.proxy (it belongs to http.servers.locations.proxy)
                sluice.conf:10: http.proxy.connect-timeout: '-1s' is negative
                sluice.conf:10: http.proxy.next-upstream: 'timeuot' is not one of error, timeout, invalid-header (did you mean 'timeout'?)
                sluice.conf:13: http.servers[0].listen[1].address: is missing
                sluice.conf:13: http.servers[0].listen[2]: address must not be empty
                sluice.conf:13: unknown setting 'adress' in http.servers[0].listen[1] (did you mean 'address'?)
                sluice.conf:14: unknown setting 'listen-backlog' in http.servers[0] (did you mean 'listen.backlog'?)
                sluice.conf:15: http.servers[0].server-names: an object is not a text
                sluice.conf:17: http.servers[0].locations[0].proxy: cannot be switched on or off
                sluice.conf:18: http.servers[0].locations[1].client-max-body-size: '1 potato' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
                sluice.conf:18: http.servers[0].locations[1].path: is missing
                sluice.conf:18: unknown setting 'proxy_pass' in http.servers[0].locations[1] (did you mean 'proxy.pass'?)
                sluice.conf:19: http.servers[0].locations[2].add-header: name must not be empty
                sluice.conf:19: http.servers[0].locations[2].proxy.buffers.count: 'many' is not a whole number
                sluice.conf:20: http.servers[0].locations[3]: must be an object { … }, is '5'
                sluice.conf:24: ${no.such.thing} has no value: neither the configuration nor the environment sets it""", refused.getMessage());
    }
}
