package io.sluice.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes and ends each of them, at the latest when this JVM ends, also by an interrupt from the keyboard. Ends
 * what it started by its id and nothing else.
 */
public final class Processes implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final Deque<Process> started = new ArrayDeque<>();
    private boolean closed;

    public Processes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-processes"));
    }

    /** Starts one that stays; its output goes to the log. */
    public synchronized Process start(List<String> command, Path folder, File log) {
        try {
            return remember(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .redirectInput(new File("/dev/null"))
                    .start());
        } catch (IOException failed) {
            throw new BenchException("cannot start " + command + ": " + failed.getMessage(), failed);
        }
    }

    /** Runs one to its end. @return what it wrote */
    public String run(List<String> command) {
        try {
            Process process;
            synchronized (this) {
                process = remember(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .start());
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            forget(process);
            if (code != 0) {
                throw new BenchException(String.join(" ", command) + " answered " + code + ":\n" + output);
            }
            return output;
        } catch (IOException failed) {
            throw new BenchException("cannot run " + command + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    private Process remember(Process process) {
        started.push(process);
        if (closed) {
            close();
            throw new BenchException("interrupted");
        }
        return process;
    }

    private synchronized void forget(Process process) {
        started.remove(process);
    }

    /** Ends it and all below it: politely first. */
    public void end(Process process) {
        List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (ProcessHandle left : tree) {
            left.destroyForcibly();
        }
        forget(process);
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            end(started.peek());
        }
    }
}
