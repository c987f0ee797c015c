package io.sluice.files.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MimeTypesTest {
    private static final String THREE =
            "{ \"text/html\" = [html, htm], \"image/png\" = png, \"application/gzip\" = gz }";

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(textBlock = """
            /index.html, text/html
            /INDEX.HtM, text/html
            /a.b/c.png, image/png
            /archive.tar.gz, application/gzip
            # nginx asks the last dot of the last name, unless the name begins with it.
            /.html, none/none
            /a/.html, none/none
            /a.html/b, none/none
            /a., none/none
            /a.unknown, none/none
            /html, none/none
            /, none/none
            /a.htmlx, none/none
            /a.htm, text/html
            """)
    void the_last_extension_decides(String path, String type) {
        MimeTypes types = new TypeSettings().add(value(THREE), problems::add).table("none/none");
        assertEquals(type, of(types, path));
        assertEquals(List.of(), problems);
    }

    @Test
    void the_types_that_ship_are_read_without_a_problem() throws IOException {
        MimeTypes types = new TypeSettings().add(shipped(), problems::add).table("x/y");
        assertEquals(List.of(), problems);
        assertEquals("text/html", of(types, "/a.html"));
        assertEquals("text/javascript", of(types, "/a.mjs"));
        assertEquals("application/wasm", of(types, "/a.wasm"));
        assertEquals("video/3gpp", of(types, "/a.3gp"));
        assertEquals("application/x-7z-compressed", of(types, "/a.7z"));
        assertEquals("font/woff2", of(types, "/a.woff2"));
        assertEquals("application/vnd.openxmlformats-officedocument.wordprocessingml.document", of(types, "/a.docx"));
    }

    @Test
    void what_is_added_wins_over_what_was_there() {
        MimeTypes types = new TypeSettings()
                .add(value(THREE), problems::add)
                .add(value("{ \"text/html; charset=utf-8\" = HTML }"), problems::add)
                .table("x/y");
        assertEquals("text/html; charset=utf-8", of(types, "/a.html"));
        assertEquals("text/html", of(types, "/a.htm"));
        assertEquals(List.of(), problems);
    }

    @Test
    void what_is_wrong_is_said() {
        new TypeSettings()
                .add(value("{ html = html, \"a/b\" = [c, c.d, \"\"], \"x/y\" = [C] }"), problems::add)
                .add(value("[ html ]"), problems::add);
        assertEquals(
                List.of(
                        "\"c.d\" is no extension",
                        "\"\" is no extension",
                        "\"html\" is no media type; one with a dot in it has to stand in quotes",
                        "the extension \"c\" has two types, a/b and x/y",
                        "must be an object { \"media/type\" = [extensions] }"),
                problems);
    }

    @Test
    void many_types_are_all_found() {
        StringBuilder text = new StringBuilder("{ \"a/b\" = [");
        for (int i = 0; i < 1000; i++) {
            text.append("x").append(i).append(',');
        }
        MimeTypes types =
                new TypeSettings().add(value(text + "] }"), problems::add).table("none/none");
        for (int i = 0; i < 1000; i++) {
            assertEquals("a/b", of(types, "/f.x" + i));
        }
        assertEquals("none/none", of(types, "/f.x1000"));
    }

    private static ConfigValue shipped() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(MimeTypes.class.getResourceAsStream("/reference.conf")),
                StandardCharsets.UTF_8)) {
            return ConfigFactory.parseReader(reader).getValue("http.types");
        }
    }

    private static ConfigValue value(String text) {
        return ConfigFactory.parseString("v = " + text).getValue("v");
    }

    private static String of(MimeTypes types, String path) {
        byte[] bytes = ("?" + path + "?").getBytes(StandardCharsets.US_ASCII);
        return new String(types.of(bytes, 1, bytes.length - 1), StandardCharsets.US_ASCII);
    }
}
