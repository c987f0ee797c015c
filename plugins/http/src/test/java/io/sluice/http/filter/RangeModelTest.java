package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.http.HttpPlugin;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Random bodies, cut into random Bufs of memory and of a file, asked for random ranges: what comes is what a model of few lines says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RangeModelTest {
    private static final long SEED = 206;
    private static final int ROUNDS = 600;
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on, max-ranges = 4, sendfile = SENDFILE, output-buffers = { number = 2, size = 512 } } ]
            } ]
            """;

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    @TempDir
    Path folder;

    /** One body, and how it is handed over; made by the test's thread, used by the worker's. */
    private record Body(Path file, String text, int[] cuts, boolean[] inFile, boolean whole) {}

    private volatile Body body;

    @OnBothDrivers
    void with_files_sent_as_they_are(String driver) throws IOException {
        rounds(driver, "on");
    }

    @OnBothDrivers
    void with_files_read_into_memory(String driver) throws IOException {
        rounds(driver, "off");
    }

    private void rounds(String driver, String sendfile) throws IOException {
        Random random = new Random(SEED);
        List<Body> bodies = bodies(random);
        serving.answer = this::answer;
        try (RawClient client =
                servers.start(driver, CONF.replace("SENDFILE", sendfile)).client()) {
            for (int round = 0; round < ROUNDS; round++) {
                body = bodies.get(random.nextInt(bodies.size()));
                String ranges = ranges(random, body.text().length());
                Response response =
                        Golden.ask(client, "GET", "Range: bytes=" + ranges).response();
                assertEquals(
                        model(body.text(), ranges, body.whole() ? 4 : 1),
                        seen(response),
                        "seed " + SEED + ", round " + round + ", bytes=" + ranges + " of " + body);
            }
        }
    }

    private List<Body> bodies(Random random) throws IOException {
        List<Body> bodies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(3) == 0 ? random.nextInt(6000) : random.nextInt(20); n > 0; n--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            int[] cuts = new int[text.length() == 0 ? 0 : random.nextInt(6)];
            boolean[] inFile = new boolean[cuts.length + 1];
            for (int c = 0; c < cuts.length; c++) {
                cuts[c] = random.nextInt(text.length() + 1);
                inFile[c] = random.nextBoolean();
            }
            inFile[cuts.length] = random.nextBoolean();
            java.util.Arrays.sort(cuts);
            Path file = Files.writeString(folder.resolve("body" + i), text, StandardCharsets.ISO_8859_1);
            bodies.add(new Body(file, text.toString(), cuts, inFile, random.nextBoolean()));
        }
        return bodies;
    }

    private Outcome answer(HttpRequest request, WorkerContext worker) {
        Body of = body;
        OpenFile file = Serving.open(request, worker, of.file());
        Serving.describe(request, of.text().length());
        request.singleRange(!of.whole());
        request.sendHeader();
        Chain first = null;
        Chain last = null;
        int from = 0;
        for (int i = 0; i <= of.cuts().length; i++) {
            int to = i == of.cuts().length ? of.text().length() : of.cuts()[i];
            boolean end = i == of.cuts().length;
            if (from == to && !end) {
                continue;
            }
            Chain link = of.inFile()[i] && from < to
                    ? request.piece(file, from, to, end)
                    : memory(request, of.text().substring(from, to), end);
            if (!of.whole()) {
                request.output(link);
            } else if (last == null) {
                first = link;
            } else {
                last.next(link);
            }
            last = link;
            from = to;
        }
        if (first != null) {
            request.output(first);
        }
        return Outcome.DONE;
    }

    private static Chain memory(HttpRequest request, String text, boolean last) {
        if (!text.isEmpty()) {
            return Serving.memory(request, text, last);
        }
        Buf mark = request.pool().mark();
        return request.pool().link(mark.lastBuf(last).lastInChain(last));
    }

    private static String ranges(Random random, int length) {
        List<String> ranges = new ArrayList<>();
        for (int n = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1; n > 0; n--) {
            int a = random.nextInt(length + 3);
            int b = a + random.nextInt(length + 3);
            ranges.add(
                    switch (random.nextInt(6)) {
                        case 0 -> a + "-";
                        case 1 -> "-" + a;
                        default -> a + "-" + Math.min(b, a + random.nextInt(1 + length / 2));
                    });
        }
        return String.join(",", ranges);
    }

    /** Status and the parts, each with its place. */
    private static String model(String text, String ranges, int most) {
        int length = text.length();
        List<String> parts = new ArrayList<>();
        int bytes = 0;
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-", -1);
            int start = ends[0].isEmpty() ? Math.max(0, length - Integer.parseInt(ends[1])) : Integer.parseInt(ends[0]);
            int end = ends[0].isEmpty() || ends[1].isEmpty() ? length : Math.min(length, Integer.parseInt(ends[1]) + 1);
            if (start < end) {
                parts.add(start + "-" + (end - 1) + "/" + length + " " + text.substring(start, end));
                bytes += end - start;
                if (parts.size() > most) {
                    return "200 " + text;
                }
            } else if (start == 0) {
                return "200 " + text;
            }
        }
        if (parts.isEmpty()) {
            return "416 */" + length;
        }
        return bytes > length ? "200 " + text : "206 " + String.join("; ", parts);
    }

    private static String seen(Response response) {
        String range = response.header("Content-Range");
        if (response.status() == 416) {
            return "416 " + String.valueOf(range).replace("bytes ", "");
        }
        if (response.status() == 200) {
            return "200 " + response.text();
        }
        if (range != null) {
            return response.status() + " " + range.replace("bytes ", "") + " " + response.text();
        }
        String boundary =
                String.valueOf(response.header("Content-Type")).replace("multipart/byteranges; boundary=", "");
        String[] parts = response.text().split("\r\n--" + boundary, -1);
        assertEquals("--\r\n", parts[parts.length - 1]);
        List<String> found = new ArrayList<>();
        for (int i = 1; i < parts.length - 1; i++) {
            found.add(
                    parts[i].replaceFirst("\r\nContent-Type: text/plain\r\nContent-Range: bytes (.*)\r\n\r\n", "$1 "));
        }
        return response.status() + " " + String.join("; ", found);
    }
}
