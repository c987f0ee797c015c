package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.core.plugin.Plugin;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.server.TestServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What filters may need of a worker's memory is reserved for each exchange. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReserveTest {
    private static final Pattern NEED = Pattern.compile("less than the (\\d+) that one exchange may need");

    private static long reserved(String settings, Plugin... more) {
        Plugin[] plugins = new Plugin[more.length + 1];
        plugins[0] = new HttpPlugin();
        System.arraycopy(more, 0, plugins, 1, more.length);
        String conf = "worker-memory = 64k\nhttp.large-client-header-buffers = { number = 8, size = 64k }\n"
                + "http.servers = [ { " + settings + ", locations = [ { path = \"/\" } ] } ]\n";
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> TestServer.of(plugins).load(conf));
        Matcher need = NEED.matcher(String.valueOf(refused.getMessage()));
        assertTrue(need.find(), refused.getMessage());
        return Long.parseLong(need.group(1));
    }

    @Test
    void heads_of_parts_are_counted() {
        long none = reserved("max-ranges = 1");
        assertEquals(RangeCut.SHARED_BYTES + 50 * RangeCut.PART_BYTES, reserved("max-ranges = 50") - none);
    }

    @Test
    void output_buffers_are_counted_where_a_plugin_sends_files() {
        String few = "output-buffers = { number = 1, size = 1k }";
        String many = "output-buffers = { number = 5, size = 3k }";
        assertEquals(reserved(few), reserved(many));
        // Memory comes in powers of two.
        assertEquals(5 * 4096 - 1024, reserved(many, new Serving()) - reserved(few, new Serving()));
    }

    @Test
    void buffers_without_bounds_are_refused() {
        for (String wrong : new String[] {
            "output-buffers.number = 0", "output-buffers.size = 100", "output-buffers.size = 1m", "sendfile-min = 1m",
            "max-ranges = -1", "max-ranges = 100000", "aio = on", "if-modified-since = on"
        }) {
            String conf = "http." + wrong;
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class,
                    () -> TestServer.of(new HttpPlugin(), new Serving())
                            .load(
                                    conf
                                            + "\nhttp.servers = [ { listen = \"127.0.0.1:0\", locations = [ { path = \"/\" } ] } ]"),
                    wrong);
            assertTrue(String.valueOf(refused.getMessage()).contains("test.conf:1"), refused.getMessage());
        }
    }
}
