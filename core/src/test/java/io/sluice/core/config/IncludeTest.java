package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IncludeTest {

    @TempDir
    Path folder;

    @Test
    void a_file_includes_others_beside_it() throws IOException {
        write("sluice.conf", """
                worker-connections = 4
                http {
                    include "http/core.conf"
                    include file("http/more.conf")
                }
                """);
        write("http/core.conf", "keepalive-timeout = 7s\ninclude \"inner.conf\"");
        write("http/inner.conf", "client-max-body-size = 3");
        write("http/more.conf", "servers = { listen = 80, locations = { path = / } }");

        Configuration configuration = load();
        Sample.Read read = Sample.read(configuration).getFirst();
        configuration.check();

        assertEquals(4, read.main().workerConnections());
        assertEquals(7, read.core().keepaliveTimeout().toSeconds());
        assertEquals(3, read.core().clientMaxBodySize());
        assertEquals("/", read.location().path());
    }

    @Test
    void problems_name_the_included_file_and_its_line() throws IOException {
        write("sluice.conf", """
                http {
                    keepalive-timeout = x
                    include "http.conf"
                    proxy.connect-timeout = x
                }
                """);
        write("http.conf", "\nclient-max-body-size = x\n\nproxy {\n    buffers.cuont = 1\n}\n");

        Configuration configuration = load();
        Sample.CORE.read(Levels.of(configuration.root().section("http")));
        Sample.PROXY.read(Levels.of(configuration.root().section("http")));

        assertEquals(
                List.of(
                        "http.conf:2: http.client-max-body-size: ",
                        "http.conf:5: unknown setting 'cuont' in http.proxy.buffers ",
                        "sluice.conf:2: http.keepalive-timeout: ",
                        "sluice.conf:4: http.proxy.connect-timeout: "),
                refusal(configuration).problems().stream()
                        .map(problem -> local(problem).split("['(]x|\\(", 2)[0])
                        .toList());
    }

    @Test
    void a_pattern_includes_in_the_order_of_names() throws IOException {
        write("sluice.conf", """
                worker-connections = 1
                include "conf.d/*.conf"
                http {
                    servers = []
                    include "sites/*.conf"
                }
                """);
        write("conf.d/20.conf", "worker-connections = 20");
        write("conf.d/10.conf", "worker-connections = 10");
        write("conf.d/30.conf.off", "worker-connections = 30");
        write("sites/b.conf", "servers += { server-names = b, locations = { path = / } }");
        write("sites/a.conf", "servers += { server-names = a, locations = { path = / } }");

        Configuration configuration = load();
        List<Sample.Read> read = Sample.read(configuration);
        configuration.check();

        assertEquals(20, read.getFirst().main().workerConnections());
        assertEquals(
                List.of(List.of("a"), List.of("b")),
                read.stream().map(one -> one.server().serverNames()).toList());
    }

    @Test
    void a_pattern_may_match_nothing_but_a_name_may_not() throws IOException {
        write("sluice.conf", "include \"conf.d/*.conf\"\n\ninclude \"typo.conf\"\nhttp { include \"sub/typo.conf\" }");

        assertEquals("""
                sluice.conf:3: cannot include 'typo.conf': no such file
                sluice.conf:4: cannot include 'sub/typo.conf': no such file""", local(assertThrows(ConfigurationException.class, this::load)));
    }

    @Test
    void what_is_no_file_is_not_included() throws IOException {
        write("sluice.conf", """
                include url("file:/x.conf")
                include classpath("x.conf")
                include "[x.conf"
                include required("y.conf")
                include "/"
                include "x\\u0000"
                """);

        assertEquals(
                """
                sluice.conf: cannot include 'x?': Nul character not allowed
                sluice.conf:1: cannot include 'file:/x.conf': only files are included
                sluice.conf:2: cannot include 'x.conf': only files are included
                sluice.conf:3: cannot include '[x.conf': Missing ']
                sluice.conf:4: cannot include 'y.conf': no such file
                sluice.conf:5: cannot include '/': Is a directory""",
                local(assertThrows(ConfigurationException.class, this::load)).replace('\0', '?'));
    }

    @Test
    void a_byte_order_mark_is_no_setting() throws IOException {
        write("sluice.conf", "\uFEFFworker-connections = 3\r\n");

        assertEquals(3, Sample.MAIN.read(load().root()).workerConnections());
    }

    @Test
    void the_errors_of_all_files_are_told_at_once() throws IOException {
        write("sluice.conf", "include \"a.conf\"\ninclude \"b.conf\"");
        write("a.conf", "\nx = $uri");
        write("b.conf", "x = http://b");

        ConfigurationException refused = assertThrows(ConfigurationException.class, this::load);

        assertEquals(2, refused.problems().size());
        assertTrue(local(refused.problems().get(0)).startsWith("a.conf:2: "));
        assertTrue(local(refused.problems().get(1)).startsWith("b.conf:1: "));
    }

    @Test
    void a_file_that_includes_itself_is_a_problem() throws IOException {
        write("sluice.conf", "include \"a.conf\"");
        write("a.conf", "\ninclude \"./sluice.conf\"");

        assertEquals(
                "a.conf:2: cannot include './sluice.conf': it includes itself",
                local(assertThrows(ConfigurationException.class, this::load)));
    }

    @Test
    void a_file_that_cannot_be_read_is_refused() throws IOException {
        assertEquals(
                "sluice.conf: cannot be read: no such file",
                local(assertThrows(ConfigurationException.class, this::load)));

        Files.write(folder.resolve("sluice.conf"), new byte[] {'a', '=', (byte) 0xff});
        assertEquals(
                "sluice.conf: cannot be read: it is not UTF-8",
                local(assertThrows(ConfigurationException.class, this::load)));
    }

    @Test
    void a_text_includes_from_the_working_directory() {
        assertEquals(
                "inline:1: cannot include 'no-such-file.conf': no such file",
                assertThrows(
                                ConfigurationException.class,
                                () -> Configuration.parse("include \"no-such-file.conf\"", "inline", References.none()))
                        .getMessage());
    }

    @Test
    void json_is_read_strictly() throws IOException {
        write("sluice.json", "{ \"worker-connections\": 7 }");
        Configuration configuration = Configuration.of(folder.resolve("sluice.json"), Sample.REFERENCE);
        assertEquals(7, Sample.MAIN.read(configuration.root()).workerConnections());

        write("sluice.json", "worker-connections = 7");
        assertThrows(
                ConfigurationException.class, () -> Configuration.of(folder.resolve("sluice.json"), Sample.REFERENCE));
    }

    private Configuration load() {
        return Configuration.of(folder.resolve("sluice.conf"), Sample.REFERENCE);
    }

    private static ConfigurationException refusal(Configuration configuration) {
        return assertThrows(ConfigurationException.class, configuration::check);
    }

    private String local(Object message) {
        String text = message instanceof ConfigurationException e ? String.valueOf(e.getMessage()) : message.toString();
        return text.replace(folder + "/", "");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
