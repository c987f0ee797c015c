package io.sluice.launcher;

import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server as a process of its own, in the JVM it ships with; on Linux with its signals blocked, as the script {@code sluice} starts
 * it.
 */
final class ChildServer implements AutoCloseable {

    /** Long enough for a loaded machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern PORT = Pattern.compile("http on 127\\.0\\.0\\.1:(\\d+)");
    private static final Path JVM_OPTIONS =
            Path.of(System.getProperty("sluice.root"), "launcher/src/main/dist/jvm.options");

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildServer(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static boolean blocksSignals() {
        return System.getProperty("os.name").equals("Linux");
    }

    /** @param folder gets a file with the configuration, what the server prints, and its temporary files */
    static ChildServer start(Path folder, String configuration, String... arguments) throws IOException {
        return start(List.of(), folder, configuration, arguments);
    }

    /** @param jvmArguments behind those it ships with */
    static ChildServer start(List<String> jvmArguments, Path folder, String configuration, String... arguments)
            throws IOException {
        Path file = Files.writeString(folder.resolve("sluice.conf"), configuration);
        List<String> command = new ArrayList<>();
        if (blocksSignals()) {
            command.addAll(List.of("env", "--block-signal=HUP,INT,QUIT,TERM,USR1,USR2,WINCH", "_JAVA_SR_SIGNUM=40"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + JVM_OPTIONS);
        if (blocksSignals()) {
            command.add("-Xrs");
        }
        command.addAll(jvmArguments);
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
        // The test runner leaves jars that no descriptor names on its class path; automatic modules find them there.
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("-m", "io.sluice.launcher/io.sluice.launcher.Main", "-c", file.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new ChildServer(process, out, err);
    }

    /** Waits until it has said that it listens. */
    ChildServer serving() {
        Await.until("the banner", PATIENCE, () -> out().contains("Stop: ") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the server ended:\n" + err());
        }
        return this;
    }

    /** The first one it listens on. */
    int port() {
        Matcher found = PORT.matcher(out());
        if (!found.find()) {
            throw new AssertionError("it listens on nothing:\n" + out());
        }
        return Integer.parseInt(found.group(1));
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it does not end:\n" + err());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
