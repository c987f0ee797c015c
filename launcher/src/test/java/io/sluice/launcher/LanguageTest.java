package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.wire.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the machine speaks, the server speaks English. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LanguageTest {

    /** Its small letters and its numerals are others than in English. */
    private static final List<String> TURKISH = List.of("-Duser.language=tr", "-Duser.country=TR");

    private static final List<String> ARABIC = List.of("-Duser.language=ar", "-Duser.country=EG");

    private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

    @TempDir
    Path folder;

    @Test
    void dates_numbers_and_names_do_not_depend_on_the_language() throws Exception {
        for (List<String> language : List.of(TURKISH, ARABIC)) {
            Path own = Files.createDirectory(folder.resolve(language.getFirst()));
            try (ChildServer server = ChildServer.start(language, own, """
                            workers = 1
                            upstreams.INNER.servers = ["127.0.0.1:1"]
                            http {
                              access-log { file = "access.log", format = "$time_local $request_time $status $http_if_x" }
                              servers = [ { listen = ["127.0.0.1:0"], locations = [
                                { path = "/", return { status = 200, text = "$HTTP_IF_X" } }
                                { path = "/in", proxy.pass = "http://inner" } ] } ]
                            }
                            """).serving();
                    RawClient client = RawClient.connect(server.port())) {
                client.send("GET / HTTP/1.1\r\nHOST: a\r\nIF-X: yes\r\n\r\n");
                String answer = client.readUntil("yes");
                assertTrue(
                        answer.matches(
                                "(?s).*\r\nDate: [A-Z][a-z]{2}, \\d\\d " + MONTH + " \\d{4} [0-9:]{8} GMT\r\n.*"),
                        answer);
                Path log = own.resolve("access.log");
                Await.until("a line", () -> !ChildServer.read(log).isEmpty());
                String line = ChildServer.read(log);
                assertTrue(
                        line.matches("\\d\\d/" + MONTH + "/\\d{4}:[0-9:]{8} [+-]\\d{4} [0-9]+\\.[0-9]{3} 200 yes\n"),
                        line);
            }
        }
    }

    @Test
    void the_server_ships_with_english_messages() throws Exception {
        String options =
                Files.readString(Path.of(System.getProperty("sluice.root"), "launcher/src/main/dist/jvm.options"));
        assertTrue(options.contains("\n-Duser.language=en\n"), options);
    }

    @Test
    void a_flag_that_the_JDK_does_not_know_stops_nobody_but_a_wrong_value_does() throws Exception {
        try (ChildServer server = ChildServer.start(List.of("-XX:+NoSuchFlagEver"), folder, "", "-t")) {
            assertEquals(0, server.exitCode());
        }
        try (ChildServer server = ChildServer.start(List.of("-Xmx5potatoes"), folder, "", "-t")) {
            assertFalse(server.exitCode() == 0);
        }
        List<String> strict = List.of("-XX:-IgnoreUnrecognizedVMOptions", "-XX:+NoSuchFlagEver");
        try (ChildServer server = ChildServer.start(strict, folder, "", "-t")) {
            assertFalse(server.exitCode() == 0);
        }
    }
}
