package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.wire.Await;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server whose process may open no more descriptors: clients wait in the kernel, peers are not blamed, and it goes on by itself. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
class FewDescriptorsTest {
    private static final int LIMIT = 150;
    private static final int CLIENTS = 200;
    private static final int PAUSE_MILLIS = 500;
    private static final String HELLO = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String APP = "GET /app HTTP/1.1\r\nHost: a\r\n\r\n";

    @OnBothDrivers
    @Timeout(60)
    void all_clients_are_served_in_turn_and_the_log_says_why_they_wait(String driver) throws Exception {
        try (Origin origin = Origin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                Child child = Child.start(driver, origin)) {
            child.warmUp();
            List<RawClient> clients = child.fill();
            long began = System.nanoTime();
            for (RawClient client : clients) {
                assertEquals("hello", client.response().text());
                client.close();
            }
            long pauses = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / PAUSE_MILLIS;
            long lines = Long.parseLong(child.ask("crit"));
            assertTrue(lines >= 1 && lines <= pauses + 4, lines + " lines in " + pauses + " pauses");
            child.end();
        }
    }

    @OnBothDrivers
    @Timeout(60)
    void a_connect_that_gets_no_descriptor_is_500_and_the_peer_is_not_blamed(String driver) throws Exception {
        try (Origin origin = Origin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                Child child = Child.start(driver, origin)) {
            child.warmUp();
            List<RawClient> clients = child.fill();
            RawClient first = clients.getFirst();
            assertEquals("hello", first.response().text());
            Response answer = first.send(APP).response();
            assertEquals(500, answer.status());
            assertEquals("0", child.ask("blamed"));
            for (RawClient client : clients) {
                client.reset();
            }
            try (RawClient later = RawClient.connect(child.port)) {
                assertEquals("ok", later.send(APP).response().text());
            }
            child.end();
        }
    }

    /** The other process. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final BufferedWriter in;
        private final int port;
        private final List<RawClient> clients = new ArrayList<>();

        private Child(Process process) throws IOException {
            this.process = process;
            this.out = process.inputReader(StandardCharsets.US_ASCII);
            this.in = process.outputWriter(StandardCharsets.US_ASCII);
            this.port = Integer.parseInt(out.readLine());
        }

        static Child start(String driver, Origin origin) throws IOException, URISyntaxException {
            List<String> command = new ArrayList<>();
            command.addAll(List.of("sh", "-c", "ulimit -n " + LIMIT + "; exec \"$@\"", "sh"));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-XX:-UsePerfData", "-Xlog:disable"));
            command.addAll(List.of(
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", System.getProperty("java.class.path")));
            command.addAll(modules());
            command.add(driver);
            command.add(origin.authority());
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        /** The module path of this process, with this module patched as it is here. */
        private static List<String> modules() throws URISyntaxException {
            Module here = FewDescriptors.class.getModule();
            String main = FewDescriptors.class.getName();
            if (!here.isNamed()) {
                return List.of("--enable-native-access=ALL-UNNAMED", main);
            }
            String file = FewDescriptors.class.getSimpleName() + ".class";
            Path folder = Path.of(FewDescriptors.class.getResource(file).toURI());
            for (int i = 0; i < main.split("\\.", -1).length; i++) {
                folder = folder.getParent();
            }
            return List.of(
                    "--enable-native-access=ALL-UNNAMED,io.sluice.event",
                    "--module-path=" + System.getProperty("jdk.module.path"),
                    "--patch-module=" + here.getName() + "=" + folder,
                    "--add-modules=ALL-MODULE-PATH",
                    "--add-reads=" + here.getName() + "=ALL-UNNAMED",
                    "--module",
                    here.getName() + "/" + main);
        }

        /** One of each, so that nothing has to be loaded later; then nobody is connected. */
        void warmUp() throws IOException {
            try (RawClient client = RawClient.connect(port)) {
                assertEquals("hello", client.send(HELLO).response().text());
                assertEquals("ok", client.send(APP).response().text());
                assertEquals(400, client.send("bad\r\n\r\n").response().status());
            }
            assertEquals("idle", ask("idle"));
        }

        /** Connects more clients than there can be, until the server says so. */
        List<RawClient> fill() {
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = RawClient.connect(port);
                clients.add(client);
                client.send(HELLO);
            }
            Await.until("descriptors are exhausted", () -> !ask("crit").equals("0"));
            return clients;
        }

        String ask(String line) {
            try {
                in.write(line + "\n");
                in.flush();
                return out.readLine();
            } catch (IOException failed) {
                throw new AssertionError("the other process is gone", failed);
            }
        }

        /** It checks itself when its input ends. */
        void end() throws IOException, InterruptedException {
            in.close();
            assertEquals("nothing is missing", out.readLine());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }

        @Override
        public void close() {
            clients.forEach(RawClient::close);
            process.destroyForcibly();
        }
    }
}
