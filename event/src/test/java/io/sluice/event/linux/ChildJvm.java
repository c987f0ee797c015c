package io.sluice.event.linux;

import io.sluice.core.connection.Address;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A second JVM with the classes of this one, for what cannot be changed in a running one: signals, and the right to
 * native access.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param prefix the command that runs the JVM, as {@code env}; may be empty
     * @param options of the JVM
     */
    public static ChildJvm start(List<String> prefix, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath(main)), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Everything that is on this JVM's paths, where the classes of modules and of tests lie included. */
    private static Set<String> classPath(Class<?> main) {
        Set<String> entries = new LinkedHashSet<>();
        for (Class<?> known : List.of(main, ChildJvm.class, LibC.class, Address.class)) {
            entries.add(rootOf(known));
        }
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            String path = System.getProperty(property, "");
            entries.addAll(Arrays.asList(path.split(File.pathSeparator, -1)));
        }
        entries.remove("");
        return entries;
    }

    private static String rootOf(Class<?> type) {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource(name));
        String root = url.substring(0, url.length() - name.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.length() - "!".length());
        }
        return Path.of(URI.create(root)).toString();
    }

    /** Tells it a line, and answers the next that it prints. */
    public String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return line();
    }

    /** The next line it prints; null at the end. */
    public String line() throws IOException {
        return out.readLine();
    }

    /**
     * Sends a signal by its short name.
     *
     * @return the process that sent it
     */
    public long kill(String signal) throws IOException, InterruptedException {
        Process sender = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
        sender.waitFor();
        return sender.pid();
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Closes what it reads from, and waits for its end. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
