package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paths put together of what paths of attackers are made of. {@code -Dsluice.fuzz=N} for N times as many. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostilePathFuzzTest {
    private static final int ROUNDS = 3000 * Integer.getInteger("sluice.fuzz", 1);

    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void random_paths_never_bring_a_byte_from_outside(String driver) throws IOException {
        site.file("a", "inside");
        site.file("d/a", "inside");
        Files.createDirectory(site.www().resolve("..d"));
        TestServer server = site.startWith(driver, """
                { path = "/", root = "WWW", autoindex = on }
                { path = "/i", alias = "WWW/" }
                { path = "/j/", alias = "WWW" }
                { path = "/v/", root = "WWW/$arg_r", autoindex = on }
                { path = "/t/", root = "WWW", try-files = ["$arg_f", "$arg_f/", "/d/$arg_f"] }
                """);
        String[] parts = {
            "/",
            "/",
            "..",
            ".",
            "%2e",
            "%2E%2e",
            "%2f",
            "%5c",
            "//",
            "a",
            "d",
            "i",
            "j/",
            "v/",
            "t/",
            "secret.txt",
            "www-other",
            "www",
            "-other",
            "..d",
            "?f=",
            "?r=",
            "&r=..",
            "&f=../secret.txt",
            "%c0%ae",
            "%00",
            "%252e",
            "%",
            "i..",
            "i../",
            "j../",
            "/i../secret.txt",
            "/j/../secret.txt",
            "~",
            ";",
            "%0a",
            "\\"
        };
        Random random = new Random(20_261_121);
        RawClient client = server.client();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder path = new StringBuilder("/");
                for (int i = random.nextInt(9); i >= 0; i--) {
                    path.append(parts[random.nextInt(parts.length)]);
                }
                Response answer = get(client, path.toString());
                // www's neighbours are seen in no list either.
                assertFalse(answer.raw().contains(Site.SECRET), path.toString());
                assertFalse(answer.text().contains("\"www-other/\""), path.toString());
                assertTrue(answer.status() < 500, () -> answer.status() + " for " + path);
                if (!"keep-alive".equals(answer.header("Connection")) && answer.hasHeader("Connection")) {
                    client.close();
                    client = server.client();
                }
            }
        } finally {
            client.close();
        }
    }
}
