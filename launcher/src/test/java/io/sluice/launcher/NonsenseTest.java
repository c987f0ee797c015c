package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that make no sense are problems with their lines, each in its own words. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NonsenseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            workers = 0                                            | workers must be auto or a number from 1 to 1024, is 0
            workers = -1                                           | workers must be auto or a number from 1 to 1024, is -1
            workers = 1.5                                          | workers must be auto or a number from 1 to 1024, is 1.5
            workers = many                                         | workers must be auto or a number from 1 to 1024, is many
            worker-connections = 1                                 | worker-connections: '1' is not between 2 and 4000000
            worker-connections = -5                                | worker-connections: '-5' is not between 2 and 4000000
            worker-connections = 99999999999                       | worker-connections: '99999999999' is not between 2 and 4000000
            worker-memory = 0                                      | worker-memory: '0' is not between 65536 and 1099511627776 bytes
            worker-memory = -1                                     | worker-memory: '-1' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            worker-memory = 100t                                   | worker-memory: '100t' is not between 65536 and 1099511627776 bytes
            worker-memory = 128k                                   | worker-memory: 131072 bytes are less than the %d that one exchange may need
            events.results-per-turn = 0                            | events.results-per-turn: '0' is not between 1 and 65536
            events.accepts-per-turn = 0                            | events.accepts-per-turn: '0' is not between 1 and 65536
            thread-pool.threads = 0                                | thread-pool.threads: '0' is not between 1 and 4096
            status.interval = 0                                    | status.interval: '0' is not between 10 and 86400000 ms
            status.interval = 1000d                                | status.interval: '1000d' is not between 10 and 86400000 ms
            http.keepalive-timeout = -1s                           | http.keepalive-timeout: '-1s' is negative
            http.keepalive-timeout = 300000d                       | http.keepalive-timeout: '300000d' is more than a hundred years
            http.keepalive-timeout = 99999999999999999999s         | http.keepalive-timeout: '99999999999999999999s' is not a duration (a number with ns, us, ms, s, m, h or d)
            http.keepalive-timeout = 500us                         | http.keepalive-timeout: '500us' is less than a millisecond
            http.keepalive-requests = -1                           | http.keepalive-requests: '-1' is less than 0
            http.client-header-timeout = 0                         | http.client-header-timeout: '0' is less than 1 ms
            http.client-body-timeout = 0s                          | http.client-body-timeout: '0s' is less than 1 ms
            http.send-timeout = 0                                  | http.send-timeout: '0' is less than 1 ms
            http.lingering-timeout = 0                             | http.lingering-timeout: '0' is less than 1 ms
            http.client-header-buffer-size = 1                     | http.client-header-buffer-size: '1' is not between 128 and 65536 bytes
            http.large-client-header-buffers.size = 100m           | http.large-client-header-buffers.size: '100m' is not between 512 and 65536 bytes
            http.large-client-header-buffers.number = 0            | http.large-client-header-buffers.number: '0' is not between 1 and 8
            http.max-headers = 0                                   | http.max-headers: '0' is not between 1 and 100000
            http.client-max-body-size = -1                         | http.client-max-body-size: '-1' is not a size in bytes (a number, or one with k, m, g, kB, MB or GB)
            http.client-body-buffer-size = 0                       | http.client-body-buffer-size: '0' is not between 1024 and 65536 bytes
            http.client-body-buffer-size = 5g                      | http.client-body-buffer-size: '5g' is not between 1024 and 65536 bytes
            http.postpone-output = 1m                              | http.postpone-output: '1m' is more than 65536 bytes
            http.proxy.connect-timeout = 0                         | http.proxy.connect-timeout: '0' is less than 1 ms
            http.proxy.read-timeout = 0                            | http.proxy.read-timeout: '0' is less than 1 ms
            http.proxy.send-timeout = 0                            | http.proxy.send-timeout: '0' is less than 1 ms
            http.proxy.buffer-size = 1                             | http.proxy.buffer-size: '1' is not between 1024 and 65536 bytes
            http.proxy.busy-buffer-size = 1g                       | http.proxy.busy-buffer-size: '1g' is not between 1024 and 65536 bytes
            http.proxy.next-upstream-tries = -1                    | http.proxy.next-upstream-tries: '-1' is not between 0 and 1000000
            upstreams.a { servers = "127.0.0.1:1", keepalive.connections = -1 } | upstreams.a.keepalive.connections: '-1' is not between 0 and 4000000
            upstreams.a { servers = "127.0.0.1:1", keepalive.requests = 0 }     | upstreams.a.keepalive.requests: '0' is less than 1
            upstreams.a { servers = "127.0.0.1:1", keepalive.timeout = 0 }      | upstreams.a.keepalive.timeout: '0' is less than 1 ms
            upstreams.a.servers { address = "127.0.0.1:1", weight = 0 }         | upstreams.a.servers.weight: '0' is not between 1 and 1000000
            upstreams.a.servers { address = "127.0.0.1:1", max-fails = -1 }     | upstreams.a.servers.max-fails: '-1' is less than 0
            upstreams.a.servers { address = "127.0.0.1:99999" }                 | upstreams.a.servers.address: "127.0.0.1:99999" has an invalid port
            http.servers { listen = "127.0.0.1:0", locations { path = "/", return = 42 } } | http.servers.locations.return.status: '42' is not between 200 and 999
            """)
    void it_is_told_with_its_line(String setting, String problem) {
        String text = "http.servers = [{ listen = 0, locations = [{ path = /, return = 204 }] }]\n" + setting;
        Assembly assembly = Assembly.found();
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> assembly.load(Configuration.parse(text, "sluice.conf", assembly.references()), Path.of("/")));
        assertEquals(
                List.of("sluice.conf:2: " + problem),
                refused.problems().stream()
                        .map(Problem::toString)
                        .map(told -> told.replaceFirst("than the \\d+ that", "than the %d that"))
                        .toList());
    }
}
