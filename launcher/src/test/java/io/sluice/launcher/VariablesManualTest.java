package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.cycle.CycleLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual has every variable there is, and no other; and no text may have another. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VariablesManualTest {
    private static final String SOME = """
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/" } ] } ]
            """;

    /** A line that lists some: three spaces in, one name or several with commas between them, then perhaps what they are. */
    private static final Pattern LISTED = Pattern.compile("#   ((?:\\$[a-zA-Z0-9_]+(?:, )?)+)(?: +[^ ].*)?");

    private static SortedSet<String> known(String section) {
        Assembly assembly = Assembly.found();
        Configuration configuration = Configuration.parse(SOME, "some.conf", assembly.references());
        CycleLoader.load(configuration, Path.of("/"), assembly.plugins(), null);
        return configuration.variables().get(section);
    }

    private static SortedSet<String> listed(boolean ofStream) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (var plugin : Assembly.found().plugins()) {
            Module module = plugin.getClass().getModule();
            try (InputStream file = module.getResourceAsStream("reference.conf")) {
                if (file != null && module.getName().endsWith(".stream") == ofStream) {
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> addListed(line, names));
                }
            }
        }
        return names;
    }

    private static void addListed(String line, SortedSet<String> names) {
        Matcher matcher = LISTED.matcher(line);
        if (matcher.matches()) {
            for (String name : matcher.group(1).split(", ")) {
                names.add(name.substring(1).replace("NAME", "*"));
            }
        }
    }

    @Test
    void the_manuals_of_http_and_its_plugins_list_all_variables_of_requests() throws IOException {
        assertEquals(known("http"), listed(false));
    }

    @Test
    void the_manual_of_stream_lists_all_variables_of_sessions() throws IOException {
        assertEquals(known("stream"), listed(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.log-format.f = \"$VARIABLE\"",
                "http.access-log { file = x, format = \"a $VARIABLE\" }",
                "http.access-log { file = x, if = \"$VARIABLE\" }",
                "http.add-header = [ { name = X, value = \"$VARIABLE\" } ]",
                "http.add-trailer = [ { name = X, value = \"$VARIABLE\" } ]",
                "http.error-page = [ { status = 404, to = \"/$VARIABLE\" } ]",
                "http.limit-rate = \"$VARIABLE\"",
                "http.limit-rate-after = \"$VARIABLE\"",
                "http.expires = \"$VARIABLE\"",
                "http.root = \"/$VARIABLE\"",
                "http.index = [\"$VARIABLE\"]",
                "http.disable-symlinks { mode = on, from = \"/$VARIABLE\" }",
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", return { status = 200, text = \"$VARIABLE\" } } ] } ]",
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", alias = \"/a/$VARIABLE\" } ] } ]",
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", try-files = [\"$VARIABLE\", \"=404\"] } ] } ]",
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", proxy { pass = \"http://127.0.0.1:1\", set-header = [ { name = X, value = \"$VARIABLE\" } ] } } ] } ]",
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", proxy { pass = \"http://127.0.0.1:1\", bind = \"$VARIABLE\" } } ] } ]",
                "upstreams.u { servers = [\"127.0.0.1:1\"], balance { method = hash, key = \"$VARIABLE\" } }, http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", proxy.pass = \"http://u\" } ] } ]",
                "upstreams.u { servers = [\"127.0.0.1:1\"], sticky.route = [\"$VARIABLE\"] }, http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/\", proxy.pass = \"http://u\" } ] } ]",
                "stream.log-format.f = \"$VARIABLE\"",
                "stream.access-log { file = x, format = \"a $VARIABLE\" }",
                "stream.access-log { file = x, if = \"$VARIABLE\" }",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], return = \"$VARIABLE\" } ]",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], pass = \"$VARIABLE\" } ]",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], set = [ { name = a, value = \"$VARIABLE\" } ], return = x } ]",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], proxy.pass = \"$VARIABLE\" } ]",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], proxy { pass = \"127.0.0.1:1\", bind = \"$VARIABLE\" } } ]",
                "stream.servers = [ { listen = [\"127.0.0.1:0\"], proxy { pass = \"127.0.0.1:1\", upload-rate = \"$VARIABLE\" } } ]",
                "upstreams.u { servers = [\"127.0.0.1:1\"], balance { method = hash, key = \"$VARIABLE\" } }, stream.servers = [ { listen = [\"127.0.0.1:0\"], proxy.pass = u } ]",
                "stream { limit-conn-zones.z { key = \"$VARIABLE\" }, servers = [ { listen = [\"127.0.0.1:0\"], return = x, limit-conn = [ { zone = z, connections = 1 } ] } ] }"
            })
    void a_text_with_an_unknown_variable_is_refused_with_its_place_and_the_nearest_name(String text) {
        refused(text, "remote_adr", "remote_addr");
        if (text.contains("http.")) {
            refused(text, "upstream_htp_x_cache", "upstream_http_x_cache");
            refused(text, "sent_htp_x_cache", "sent_http_x_cache");
        }
    }

    private static void refused(String text, String wrong, String nearest) {
        Assembly assembly = Assembly.found();
        String conf = "\n\n" + text.replace("VARIABLE", wrong) + "\n";
        // What is said for all places is read where a place is.
        conf += text.contains("servers") ? "" : SOME;
        conf += text.contains("http.root") ? "" : "http.root = /x\n";
        Configuration configuration = Configuration.parse(conf, "some.conf", assembly.references());
        String said = "";
        try {
            CycleLoader.load(configuration, Path.of("/"), assembly.plugins(), null);
        } catch (ConfigurationException refused) {
            said = refused.getMessage();
        }
        assertTrue(
                said.lines()
                        .anyMatch(line -> line.contains("some.conf:3")
                                && line.contains(
                                        "unknown variable \"$" + wrong + "\", did you mean \"$" + nearest + "\"?")),
                text + ": " + said);
    }
}
