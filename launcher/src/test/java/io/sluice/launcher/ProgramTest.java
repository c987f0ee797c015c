package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgramTest {

    private static final String GOOD = """
            http {
              access-log.file = "logs/access.log"
              servers = [ { listen = ["127.0.0.1:80"], locations = [ { path = "/", return { status = 204 } } ] } ]
            }
            """;

    @TempDir
    Path folder;

    @Test
    void help_names_every_option() {
        assertEquals(new Run(0, """
                        Usage: sluice [-c FILE] [-p PREFIX] [-t] [-T] [-V] [-h]
                          -c, --conf=FILE       the configuration, relative to PREFIX if that is given (without -c: sluice.
                                                  conf)
                          -p, --prefix=PREFIX   the folder to which relative names in the configuration belong (without -p:
                                                  the folder of FILE)
                          -t                    test the configuration and end; opens nothing
                          -T                    as -t, and print it with all defaults, the order of plugins, phases and
                                                  filters, and the buffered bits
                          -V                    print versions of everything and end
                          -h, --help            print this and end
                        """, ""), Run.of("-h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--quick", "sluice.conf"})
    void what_is_no_option_is_refused(String argument) {
        Run run = Run.of(argument);
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("sluice: ") && run.err().contains(argument), run.err());
    }

    @Test
    void versions_of_plugins_modules_drivers_and_the_JVM_are_told() {
        Run run = Run.of("-V");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("sluice "), run.out());
        assertTrue(run.out().contains("\nJVM: "), run.out());
        assertTrue(run.out().contains("\ndrivers:\n"), run.out());
        assertTrue(run.out().contains("\n    nio                      can be used\n"), run.out());
        assertTrue(run.out().contains("\n    http                     io.sluice.http "), run.out());
        assertTrue(run.out().contains("\n    balance.round-robin      io.sluice.balance "), run.out());
        assertTrue(run.out().contains("\n    typesafe.config "), run.out());
    }

    @Test
    void a_good_configuration_is_tested_without_opening_anything() throws IOException {
        Path file = write(GOOD);
        Run run = Run.of("-t", "-c", file.toString());
        assertEquals(new Run(0, "", "sluice: configuration file " + file + " test is successful\n"), run);
        assertFalse(Files.exists(folder.resolve("logs")));
    }

    @Test
    void all_problems_are_told_at_once_with_their_lines() throws IOException {
        Path file = write("""
                workers = auto
                worker-conections = 512
                events { driver = auto, results-per-turn = 0 }
                error-log { level = loud }

                http {
                  keepalive-timeout = soon
                  servers = [
                    {
                      lissten = ["127.0.0.1:80"]
                      locations = [ { path = "/", return { status = "fine" } } ]
                    }
                  ]
                }
                """);
        String problems = """
                sluice.conf:2: unknown setting 'worker-conections' (did you mean 'worker-connections'?)
                sluice.conf:3: events.results-per-turn: '0' is not between 1 and 65536
                sluice.conf:4: error-log.level: 'loud' is not one of debug, info, notice, warn, error, crit, alert, emerg
                sluice.conf:7: http.keepalive-timeout: 'soon' is not a duration (a number with ns, us, ms, s, m, h or d)
                sluice.conf:9: http.servers[0].listen: is missing: nobody can reach this server
                sluice.conf:10: unknown setting 'lissten' in http.servers[0] (did you mean 'listen'?)
                sluice.conf:11: http.servers[0].locations[0].return.status: 'fine' is not a whole number
                """;
        assertEquals(new Run(1, "", problems), Run.of("-c", file.toString()).without(folder));
        assertEquals(
                new Run(1, "", problems + "sluice: configuration file sluice.conf test failed\n"),
                Run.of("-t", "-c", file.toString()).without(folder));
    }

    @Test
    void a_missing_file_is_told() {
        assertEquals(
                new Run(1, "", "sluice.conf: cannot be read: no such file\n"),
                Run.of("-c", folder.resolve("sluice.conf").toString()).without(folder));
    }

    @Test
    void a_driver_that_is_not_there_fails_the_test() throws IOException {
        Path file = write("events.driver = kqueue");
        Run run = Run.of("-t", "-c", file.toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("sluice: [emerg] events.driver = kqueue"), run.err());
        assertTrue(run.err().endsWith("test failed\n"), run.err());
    }

    @Test
    void with_a_prefix_the_configuration_is_looked_for_there() throws IOException {
        Path file = write(GOOD);
        String well = "sluice: configuration file " + file + " test is successful\n";
        assertEquals(new Run(0, "", well), Run.of("-t", "-p", folder.toString()));
        assertEquals(new Run(0, "", well), Run.of("-t", "-p", folder.toString(), "-c", "sluice.conf"));
        assertEquals(new Run(0, "", well), Run.of("-t", "-p", "/somewhere/else", "-c", file.toString()));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("sluice.conf"), text);
    }
}
