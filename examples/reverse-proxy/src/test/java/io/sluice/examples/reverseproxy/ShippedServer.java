package io.sluice.examples.reverseproxy;

import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server as it is packed, with the example's configuration but for its ports, in a process of its own. On Linux its signals are
 * blocked, as the script {@code sluice} starts it.
 */
final class ShippedServer implements AutoCloseable {

    static final boolean TAKES_ALL_SIGNALS = System.getProperty("os.name").equals("Linux");

    /** Long enough for a loaded machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
    private static final Path DIST = ROOT.resolve("launcher/target/sluice");
    private static final Path EXAMPLE = ROOT.resolve("examples/reverse-proxy/sluice.conf");
    private static final List<String> SHIPPED_PORTS = List.of("8080", "9101", "9102", "9103");

    private final Process process;
    private final Path output;
    private final int port;
    private final List<Origin> reserved;

    private ShippedServer(Process process, Path output, int port, List<Origin> reserved) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.reserved = reserved;
    }

    /** @param folder gets the configuration, and the logs beside it */
    static ShippedServer start(Path folder) throws IOException {
        List<Origin> reserved = new ArrayList<>();
        String configuration = Files.readString(EXAMPLE);
        for (String shipped : SHIPPED_PORTS) {
            // Who refuses holds a port without listening, so that nobody but the server gets it.
            Origin holder = Origin.refusing();
            reserved.add(holder);
            configuration = configuration.replace(":" + shipped, ":" + holder.port());
        }
        Path file = Files.writeString(folder.resolve("sluice.conf"), configuration);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command(file))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ShippedServer server =
                new ShippedServer(process, output, reserved.getFirst().port(), reserved);
        server.awaitBanner();
        return server;
    }

    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        if (TAKES_ALL_SIGNALS) {
            command.addAll(List.of("env", "--block-signal=HUP,INT,QUIT,TERM,USR1,USR2,WINCH", "_JAVA_SR_SIGNUM=40"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + DIST.resolve("jvm.options"));
        if (TAKES_ALL_SIGNALS) {
            command.add("-Xrs");
        }
        command.addAll(List.of("-p", DIST.resolve("lib").toString()));
        command.addAll(List.of("-m", "io.sluice.launcher/io.sluice.launcher.Main", "-c", configuration.toString()));
        return command;
    }

    private void awaitBanner() {
        Await.until("the banner", PATIENCE, () -> output().contains("Stop: ") || !process.isAlive());
        if (!process.isAlive()) {
            close();
            throw new AssertionError("the server ended:\n" + output());
        }
    }

    /** Of the proxy. */
    int port() {
        return port;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** All it printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        reserved.forEach(Origin::close);
    }
}
