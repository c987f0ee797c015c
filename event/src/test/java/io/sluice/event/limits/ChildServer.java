package io.sluice.event.limits;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.SeededRandomness;
import io.sluice.core.time.SystemClock;
import io.sluice.event.Connector;
import io.sluice.event.Server;
import io.sluice.event.ServerOptions;
import io.sluice.event.StartException;
import io.sluice.event.Worker;
import io.sluice.event.WorkerStatus;
import io.sluice.event.epoll.EpollDriverFactory;
import io.sluice.event.linux.Descriptors;
import io.sluice.event.nio.NioDriverFactory;
import io.sluice.event.spi.DriverFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A server with the {@link Parrot} in a JVM of its own, whose limits can be lowered and whose memory can be measured. It is told what to
 * do line by line, and answers each with one line.
 */
final class ChildServer {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private final Server server;
    private final CountedLines lines;
    private final Descriptors limits = Descriptors.limits();

    private ChildServer(Server server, CountedLines lines) {
        this.server = server;
        this.lines = lines;
    }

    /** @param args the driver, and how many descriptors it may have when it starts, or nothing */
    public static void main(String[] args) throws Exception {
        loadAllClasses();
        DriverFactory driver = args[0].equals("nio") ? new NioDriverFactory() : new EpollDriverFactory();
        Cycle cycle = CycleLoader.load(
                Configuration.parse(
                        "workers = 1, worker-connections = 100, parrot.listen = \"127.0.0.1:0\"",
                        "child.conf",
                        References.of(List.of(Cycle.class.getModule()))),
                Path.of("."),
                List.of(new Parrot()),
                null);
        SystemClock clock = new SystemClock();
        LogOrigin origin = LogOrigin.ofProcess(1, clock, ZoneOffset.UTC);
        LogWriter logs = new LogWriter(clock, origin, 4096);
        CountedLines lines = new CountedLines();
        ErrorLog log = ErrorLog.of(origin, LogLevel.ERR, logs.attach(lines));
        logs.start((_, failure) -> failure.printStackTrace());
        ServerOptions options = new ServerOptions(driver, clock, new SeededRandomness(1), ZoneOffset.UTC, 1, logs, log);
        if (args.length > 1) {
            limitTo(Integer.parseInt(args[1]));
        }
        try (Server server = Server.start(cycle, options)) {
            say(String.valueOf(server.addresses().getFirst().port()));
            new ChildServer(server, lines).obey();
        } catch (StartException refused) {
            say(String.valueOf(refused.getMessage()));
        }
        logs.close(Duration.ofSeconds(10));
    }

    /** What is needed when no descriptor is left must have been read from its file before. */
    private static void loadAllClasses() throws Exception {
        for (Class<?> of : List.of(Server.class, Cycle.class, ChildServer.class)) {
            Path root = Path.of(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                            .toList()) {
                        String name = root.relativize(file).toString().replace('/', '.');
                        if (name.startsWith("io.sluice")
                                && !name.endsWith("Test.class")
                                && !name.contains("Contract")) {
                            Class.forName(name.substring(0, name.length() - ".class".length()));
                        }
                    }
                }
            }
        }
    }

    private void obey() throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            say(
                    switch (words[0]) {
                        case "limit" -> limitTo(Integer.parseInt(words[1]));
                        case "unlimit" -> String.valueOf(Descriptors.limit(limits.soft()));
                        case "open" -> String.valueOf(worker().status().open());
                        case "logged" -> String.valueOf(lines.count(words[1]));
                        case "connect" -> onWorker(() -> connect(Integer.parseInt(words[1])));
                        case "file" -> onWorker(() -> file(words[1]));
                        case "memory" -> memory();
                        default -> throw new IllegalArgumentException(line);
                    });
        }
    }

    private Worker worker() {
        return server.workers().getFirst();
    }

    private String onWorker(Supplier<String> task) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        worker().execute(() -> done.complete(task.get()));
        return done.get();
    }

    /** Leaves so many free numbers below the limit. */
    private static String limitTo(int free) throws IOException {
        TreeSet<Integer> used = new TreeSet<>();
        try (Stream<Path> open = Files.list(OPEN)) {
            open.forEach(path -> used.add(Integer.parseInt(path.getFileName().toString())));
        }
        // The list itself took one, which is free again.
        used.removeIf(number -> !Files.exists(OPEN.resolve(String.valueOf(number))));
        int limit = 0;
        for (int left = free; left > 0 || used.contains(limit); limit++) {
            left -= used.contains(limit) ? 0 : 1;
        }
        return String.valueOf(Descriptors.limit(limit));
    }

    private String connect(int port) {
        Connector connector = worker().service(Connector.class);
        Address to = Address.inet(new byte[] {127, 0, 0, 1}, port);
        Parrot.Session session = new Parrot.Session();
        Connection made = connector.connect(
                to,
                OutgoingOptions.DEFAULT,
                worker().cycle().claim(Parrot.KEY),
                session,
                1000,
                worker().log().speaker());
        if (made == null) {
            return String.valueOf(connector.failure());
        }
        session.connection(made);
        return "connecting";
    }

    private String file(String path) {
        FileOpener files = worker().service(FileOpener.class);
        var file = files.open(Path.of(path), LinkRule.FOLLOW);
        if (file == null) {
            return String.valueOf(files.fault());
        }
        file.close();
        return "opened";
    }

    private String memory() throws Exception {
        // The counters are those of the end of a turn.
        onWorker(() -> "");
        onWorker(() -> "");
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        WorkerStatus status = worker().status();
        long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
        long descriptors;
        try (Stream<Path> open = Files.list(OPEN)) {
            descriptors = open.count();
        }
        return String.join(
                " ",
                String.valueOf(resident),
                String.valueOf(runtime.totalMemory() - runtime.freeMemory()),
                String.valueOf(status.slabBytesHeld()),
                String.valueOf(status.slabBytesInUse()),
                String.valueOf(status.free()),
                String.valueOf(descriptors));
    }

    private static void say(String text) {
        System.out.println(text.replace('\n', '|'));
    }
}
