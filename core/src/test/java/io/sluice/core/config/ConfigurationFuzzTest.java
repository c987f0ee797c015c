package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationFuzzTest {

    /** -Dsluice.fuzz=N makes it N times as many. */
    private static final int ROUNDS = 250 * Integer.getInteger("sluice.fuzz", 1);

    private static final String GOOD = """
            worker-connections = 64
            timeout = 5s
            http {
                keepalive-timeout = ${timeout}
                proxy { connect-timeout = 1s, buffers { count = 2, size = 8k } }
                servers = [
                    {
                        listen = ["*:80", { address = "*:443", ssl = on }]
                        server-names = [a, b]
                        locations = [
                            { path = "/", proxy.pass = "http://$backend", add-header = { name = a, value = b } }
                            { path = "/b", proxy.next-upstream = [error], locations { path = "/b/c" } }
                        ]
                    }
                ]
                servers += { locations { path = /, proxy { buffers.count = 3 } } }
            }
            """;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "=",
        "+=",
        ",",
        "\n",
        "\"",
        "$",
        "${",
        "${?",
        "}",
        "null",
        "on",
        "-1",
        ".",
        "#",
        "\\",
        "include \"x\"",
        "${http}",
        "${timeout}",
        "{}",
        "[]",
        "é",
        "\u0000",
        "http",
        "servers",
        ";"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_is_written_is_read_or_refused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String text = damaged(random);
            try {
                read(text);
            } catch (ConfigurationException e) {
                assertFalse(e.problems().isEmpty());
                for (Problem problem : e.problems()) {
                    assertTrue(problem.line() > 0 && !problem.message().isEmpty(), () -> problem + " in\n" + text);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(text, e);
            }
        }
    }

    @Test
    void the_undamaged_text_is_right() {
        assertDoesNotThrow(() -> read(GOOD));
    }

    @Test
    void every_beginning_is_read_or_refused() {
        for (int end = 0; end < GOOD.length(); end++) {
            try {
                read(GOOD.substring(0, end));
            } catch (ConfigurationException e) {
                assertFalse(e.problems().isEmpty());
            }
        }
    }

    private static void read(String text) {
        Configuration configuration = Sample.parse(text);
        Sample.read(configuration);
        configuration.root().value("timeout");
        configuration.check();
    }

    private static String damaged(Random random) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                case 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }
}
