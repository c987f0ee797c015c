package io.sluice.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.server.TestServer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesSettingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            root = ""                                       | root: is empty
            alias = "/srv/$nothing"                         | unknown variable "$nothing"
            root = "/srv/$document_root"                    | cannot hold the name that is made of it
            root = "/srv/../$host"                          | cannot have the names . or ..
            root = "/srv//$host"                            | or an empty one in it
            root = /srv, index = [""]                       | index: a name is empty
            try-files = ["$uri", "=404"]                    | needs root or alias: where to look
            root = /srv, try-files = ["=404"]               | needs a path to try, and what to do
            root = /srv, try-files = ["$uri", "=4o4"]       | "=4o4" is not = and a status
            root = /srv, try-files = ["$uri", "=099"]       | "=099" is not = and a status
            root = /srv, types { html = html }              | "html" is no media type
            root = /srv, autoindex { format = xml }         | xml
            root = /srv, disable-symlinks = maybe           | maybe
            root = /srv, open-file-cache { max = -1 }       | max
            root = /srv, autoindex-format = json            | unknown setting
            """)
    void what_is_wrong_is_said_when_the_configuration_is_read(String settings, String problem) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> load(settings));
        assertTrue(String.valueOf(wrong.getMessage()).contains(problem), wrong.getMessage());
    }

    @Test
    void everything_can_be_set_at_each_level() {
        String all = """
                root = "/srv/$host", index = [a.html, "$arg_x.html", "/index.html"], etag = off, log-not-found = off
                absolute-redirect = off, autoindex { enabled = on, exact-size = off, format = json, localtime = on, max-entries = 7 }
                disable-symlinks { mode = if-not-owner, from = "$document_root" }
                open-file-cache { max = 10, inactive = 1s, valid = 2s, min-uses = 3, errors = on }
                types { "a/b" = [c] }, more-types { "d/e" = [f] }, default-type = "g/h"
                """;
        TestServer.of(new HttpPlugin(), new FilesPlugin()).load("""
                http { %1$s
                  servers = [ { listen = "127.0.0.1:0", %1$s
                    locations = [ { path = "/", %1$s, try-files = ["$uri", "$uri/", "=404"] }, { path = "/a", alias = "/b/$host" } ]
                  } ]
                }
                """.formatted(all));
    }

    @Test
    void what_is_wrong_is_said_with_its_line() {
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class, () -> load("root = /srv\nautoindex {\n  format = xml\n}\netag = maybe"));
        String message = String.valueOf(wrong.getMessage());
        assertTrue(message.contains("test.conf:3:") && message.contains("test.conf:5:"), message);
        assertEquals(
                2, message.lines().filter(line -> line.contains("test.conf:")).count(), message);
    }

    private static void load(String settings) {
        TestServer.of(new HttpPlugin(), new FilesPlugin())
                .load("http.servers = [ { listen = \"127.0.0.1:0\", locations = [ { path = \"/\", " + settings
                        + " } ] } ]");
    }
}
