package io.sluice.files;

import static io.sluice.files.Site.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paths of those who want a file that is not theirs, or a server that waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostilePathTest {
    @RegisterExtension
    final Site site = new Site();

    @OnBothDrivers
    void no_path_leads_out_of_the_folder(String driver) {
        site.file("a.txt", "hello");
        site.file("d/e.txt", "e");
        // Path, status: what the parser refuses is 400, what it resolves is looked for inside.
        Object[][] table = {
            {"/../secret.txt", 400},
            {"/d/../../secret.txt", 400},
            {"/%2e%2e/secret.txt", 400},
            {"/..%2fsecret.txt", 400},
            {"/%2e%2e%2fsecret.txt", 400},
            {"/d/..%2f..%2fsecret.txt", 400},
            {"/d/%2E%2E/%2e%2e/secret.txt", 400},
            {"/.%2e/secret.txt", 400},
            // Decoded once only.
            {"/%252e%252e/secret.txt", 404},
            {"/..%252fsecret.txt", 404},
            // A backslash is a byte like any other.
            {"/..%5csecret.txt", 404},
            {"/d%5c..%5c..%5csecret.txt", 404},
            // Overlong UTF-8 of a dot and of a slash is nobody's.
            {"/%c0%ae%c0%ae/secret.txt", 404},
            {"/..%c0%afsecret.txt", 404},
            {"/%e0%80%ae%e0%80%ae/secret.txt", 404},
            {"/%uff0e%uff0e/secret.txt", 400},
            // Full-width dots and slashes.
            {"/%ef%bc%8e%ef%bc%8e%ef%bc%8fsecret.txt", 404},
            {"/.../secret.txt", 404},
            {"/..../secret.txt", 404},
            {"/..;/secret.txt", 404},
            {"/a.txt%00.png", 400},
            {"/%00", 400},
            {"/../www-other/secret.txt", 400},
            {"/-other/secret.txt", 404},
            {"-other/secret.txt", 400},
            {"/d/../a.txt", 200},
            {"/./a.txt", 200},
            {"/d/./../a.txt", 200},
            {"//a.txt", 200},
            {"/d//..//a.txt", 200},
            {"/%61.txt", 200},
            {"/d/e.txt/..%2f../a.txt", 200},
            {"/a.txt/", 404},
            {"/a.txt.", 404},
            {"/a.txt%20", 404},
            {"/a.txt::$DATA", 404},
            {"/A.TXT", 404},
            {"/file:///etc/passwd", 404},
            {"/~root/", 404},
        };
        TestServer server = site.start(driver, "");
        for (Object[] row : table) {
            try (RawClient client = server.client()) {
                Response answer = get(client, (String) row[0]);
                assertEquals(row[1], answer.status(), "" + row[0]);
                assertFalse(answer.raw().contains(Site.SECRET), "" + row[0]);
            }
        }
    }

    @OnBothDrivers
    void names_too_long_for_the_system_are_missing(String driver) {
        TestServer server = site.start(driver, "");
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/" + "n".repeat(255)).status());
            assertEquals(404, get(client, "/" + "n".repeat(256)).status());
            assertEquals(404, get(client, "/" + "d/".repeat(2000) + "x").status());
            assertEquals(404, get(client, "/" + "d/".repeat(2100) + "x").status());
            assertEquals(404, get(client, "/" + "d/".repeat(3500)).status());
            assertEquals(414, get(client, "/" + "n".repeat(9000)).status());
        }
    }

    @OnBothDrivers
    void every_byte_of_a_name_counts(String driver) {
        String[] names = {
            "new\nline", "tab\t", "quote\"'", "back\\slash", "<script>", "100%", "a?b", "a#b", " ", "caf\u00c3\u00a9"
        };
        for (String name : names) {
            // Their bytes, whatever charset the JDK has for names.
            byte[] whole = (site.www() + "/" + name).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            Site.file(io.sluice.files.name.PercentEncoding.path(whole, whole.length), name);
        }
        try (RawClient client = site.start(driver, "").client()) {
            for (String name : names) {
                StringBuilder path = new StringBuilder("/");
                io.sluice.files.name.PercentEncoding.component(
                        name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), path);
                assertEquals(name, get(client, path.toString()).text(), path.toString());
            }
        }
    }

    @OnBothDrivers
    void what_is_no_file_is_missing_and_never_waited_for(String driver) throws Exception {
        Path fifo = site.www().resolve("fifo");
        Assumptions.assumeTrue(make(fifo));
        site.link("null", "/dev/null");
        site.link("zero", "/dev/zero");
        Path socket = site.www().resolve("socket");
        TestServer server = site.start(driver, "");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                RawClient client = server.client()) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            for (String path : new String[] {"/fifo", "/socket", "/null", "/zero"}) {
                Response answer = get(client, path);
                assertEquals(404, answer.status(), path);
                assertEquals(404, get(client, path + "/").status(), path);
            }
        }
        server.close();
        Await.until("the log tells it", () -> server.log().has("[crit]"));
        Await.until("the log tells it", () -> server.log().has("/fifo\" is not a regular file, client: "));
    }

    private static boolean make(Path fifo) throws IOException, InterruptedException {
        return new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0;
    }

    @OnBothDrivers
    void links_that_go_round_are_forbidden(String driver) {
        site.link("a", "b");
        site.link("b", "a");
        try (RawClient client = site.start(driver, "").client()) {
            assertEquals(403, get(client, "/a").status());
            assertEquals(403, get(client, "/a/x").status());
        }
    }
}
