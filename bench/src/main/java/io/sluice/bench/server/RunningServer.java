package io.sluice.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that has answered once. */
public final class RunningServer implements AutoCloseable {

    /** A first start may build the jars and train the JVM's cache. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final Processes processes;
    private final Process process;
    private final String name;
    private final Path folder;
    private final int port;

    private RunningServer(Processes processes, Process process, String name, Path folder, int port) {
        this.processes = processes;
        this.process = process;
        this.name = name;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a server on these cores and returns at its first good answer. */
    public static RunningServer start(
            Processes processes, Server server, Wanted wanted, int originPort, String cores, Path folder) {
        int port = freePort();
        String text = server.configuration(wanted, port, originPort, folder);
        Path configuration = write(folder.resolve("bench.conf"), text);
        return start(processes, server.name(), server.command(configuration, folder), port, cores, folder);
    }

    /** @param site files it serves beside its small answer to everything */
    public static RunningServer origin(Processes processes, String cores, Path folder, Path site) {
        int port = freePort();
        Path configuration = write(folder.resolve("origin.conf"), Nginx.origin(port, folder, site));
        List<String> command = new Nginx("origin").command(configuration, folder);
        return start(processes, "the origin", command, port, cores, folder);
    }

    private static RunningServer start(
            Processes processes, String name, List<String> command, int port, String cores, Path folder) {
        Path log = folder.resolve("output.log");
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
        pinned.addAll(command);
        Process process = processes.start(pinned, folder, log.toFile());
        if (!Probe.awaitAnswer(port, Pages.HELLO, process, START_LIMIT)) {
            String state = process.isAlive() ? " does not answer" : " ended with " + process.exitValue();
            processes.end(process);
            throw new BenchException(name + state + "; it said:\n" + ProcFile.read(log.toString()));
        }
        return new RunningServer(processes, process, name, folder, port);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new BenchException("cannot write " + file, failed);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new BenchException("no free port", failed);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public Path folder() {
        return folder;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Of the server and its workers, since they were started. */
    public CpuTime cpu() {
        if (!process.isAlive()) {
            throw new BenchException(name + " ended; it said:\n"
                    + ProcFile.read(folder.resolve("output.log").toString()));
        }
        return CpuTime.of(process.toHandle());
    }

    /** Private and shared memory in RAM of the server and its workers. */
    public long residentBytes() {
        long kilobytes = residentKilobytes(process.pid());
        for (ProcessHandle below : process.descendants().toList()) {
            kilobytes += residentKilobytes(below.pid());
        }
        return kilobytes * 1024;
    }

    private static long residentKilobytes(long pid) {
        String value = ProcFile.value("/proc/" + pid + "/smaps_rollup", "Pss:");
        return Long.parseLong(value.replace(" kB", ""));
    }

    @Override
    public void close() {
        processes.end(process);
    }
}
