package io.sluice.proxy;

import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A program of its own that may open few descriptors, because that limit is the process's: {@link FewDescriptorsTest} starts it, asks it
 * by lines, and ends it by closing its input.
 */
final class FewDescriptors {
    private FewDescriptors() {}

    public static void main(String[] arguments) throws IOException {
        String driver = arguments[0];
        String peer = arguments[1];
        TestServer server = Proxies.builder().driver(driver).start("""
                worker-connections = 4000
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", return { status = 200, text = "hello" } }
                    { path = "/app", proxy.pass = "http://%s" }
                  ]
                } ]
                """.formatted(peer));
        loadAll();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println(server.port());
        long before = -1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "idle" -> {
                    server.awaitOpen(0);
                    before = descriptors();
                    System.out.println("idle");
                }
                case "crit" -> System.out.println(server.log().count("[crit]"));
                case "blamed" -> System.out.println(server.log().count("left alone"));
                default -> System.out.println("what?");
            }
        }
        server.awaitOpen(0);
        long expected = before;
        Await.until("as many descriptors as before, " + before, () -> descriptors() == expected);
        server.close();
        System.out.println("nothing is missing");
    }

    /** A class that lies in a folder needs a descriptor when it is loaded; in a jar, as users have it, it needs none. */
    private static void loadAll() throws IOException {
        for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
            if (module.name().startsWith("io.sluice.")) {
                try (ModuleReader reader = module.reference().open();
                        Stream<String> names = reader.list()) {
                    names.forEach(FewDescriptors::load);
                }
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path folder = Path.of(entry);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.forEach(file -> load(folder.relativize(file).toString()));
                }
            }
        }
    }

    private static void load(String file) {
        if (!file.endsWith(".class") || file.endsWith("-info.class")) {
            return;
        }
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, true, FewDescriptors.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError needsWhatIsNotHere) {
            // nor can the server need it
        }
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
