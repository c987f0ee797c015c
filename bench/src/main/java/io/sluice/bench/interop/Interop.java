package io.sluice.bench.interop;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Cores;
import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.Processes;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Wanted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program behind {@code bench/interop}: ends with 1 if the servers differ in something that is not in {@link Known}. */
final class Interop {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST_SHOWN = 60;

    private final Known known = new Known();
    private int surprises;
    private int same;
    private int meant;

    private Interop() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
        boolean selfTest = List.of(arguments).contains("--self-test");
        int script = List.of(arguments).indexOf("--sluice") + 1;
        Path sluice = script == 0
                ? root.resolve("sluice")
                : Path.of(arguments[script]).toAbsolutePath();
        Path folder = Files.createTempDirectory("sluice-interop");
        int status;
        try (Processes processes = new Processes()) {
            status = new Interop().run(processes, sluice, folder, selfTest) ? 0 : 1;
        } catch (BenchException failed) {
            System.err.println("interop: " + failed.getMessage());
            status = 1;
        }
        System.out.println("What the servers said meanwhile is in " + folder);
        System.exit(status);
    }

    private boolean run(Processes processes, Path script, Path folder, boolean selfTest) throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        Site.write(site);
        Server ours = selfTest ? new NginxFiles(site) : new SluiceFiles(site, script);
        try (RunningServer nginx = start(processes, new NginxFiles(site), folder.resolve("nginx"));
                RunningServer sluice = start(processes, ours, folder.resolve("ours"))) {
            for (Case one : Cases.all()) {
                Answer wanted = ask(one, nginx.port());
                report(one.name(), wanted.status(), Differences.between(wanted, ask(one, sluice.port())));
            }
        }
        compareChoices(processes, selfTest ? new NginxBalancing() : new SluiceBalancing(script), folder);
        compareStreams(processes, script, folder, selfTest);
        if (!selfTest) {
            for (String stale : known.notSeen()) {
                surprises++;
                System.out.println("NO LONGER   " + stale);
            }
        }
        System.out.println(same + " answers the same, " + meant + " differences meant, " + surprises + " surprises");
        return surprises == 0;
    }

    private void compareChoices(Processes processes, Server ours, Path folder) throws IOException {
        Path peers = folder.resolve("peers");
        try (RunningServer nginx = start(processes, new NginxBalancing(), 0, peers.resolve("nginx"));
                RunningServer sluice = start(processes, ours, nginx.port(), peers.resolve("ours"))) {
            PeerChoices choices = new PeerChoices(nginx.port(), sluice.port());
            for (BalancingMethod method : BalancingMethod.ALL) {
                String difference = choices.difference(method);
                if (difference.isEmpty()) {
                    same++;
                    System.out.println("same        peers of " + method.path());
                } else {
                    surprises++;
                    System.out.println("DIFFERENT   peers of " + method.path() + ": " + difference);
                }
            }
        }
    }

    private void compareStreams(Processes processes, Path script, Path folder, boolean selfTest) throws IOException {
        List<StreamRow> rows = StreamRows.all();
        if (!Files.isReadable(Nginx.STREAM_MODULE)) {
            System.out.println("SKIPPED     " + rows.size() + " rows of stream: " + Nginx.STREAM_MODULE
                    + " is missing. On Debian: apt-get install libnginx-mod-stream");
            return;
        }
        Path streams = folder.resolve("stream");
        try (StreamPeers peers = new StreamPeers();
                RunningServer nginx = start(processes, new NginxStream(rows, peers), streams.resolve("nginx"));
                RunningServer sluice = start(
                        processes,
                        selfTest ? new NginxStream(rows, peers) : new SluiceStream(rows, peers, script),
                        streams.resolve("ours"))) {
            for (int i = 0; i < rows.size(); i++) {
                StreamRow row = rows.get(i);
                String wanted = exchange(row, i, nginx.port());
                String ours = exchange(row, i, sluice.port());
                boolean alike = wanted.equals(ours);
                report(
                        "stream, " + row.name(),
                        wanted.length() > LONGEST_SHOWN ? wanted.substring(0, LONGEST_SHOWN) + "…" : wanted,
                        alike ? List.of() : List.of(new Difference("exchange", wanted, ours)));
            }
        }
    }

    private static String exchange(StreamRow row, int index, int port) {
        try {
            return row.exchange().with(new InetSocketAddress(StreamRow.host(index), port));
        } catch (IOException failed) {
            throw new BenchException(row.name() + ", port " + port + ": " + failed.getMessage(), failed);
        }
    }

    private static RunningServer start(Processes processes, Server server, Path folder) throws IOException {
        return start(processes, server, 0, folder);
    }

    private static RunningServer start(Processes processes, Server server, int originPort, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        return RunningServer.start(
                processes,
                server,
                Wanted.workers(1),
                originPort,
                Cores.ofThisMachine().all(),
                folder);
    }

    private void report(String name, String status, List<Difference> differences) {
        if (differences.isEmpty()) {
            same++;
            System.out.println("same        " + name + ": " + status);
        }
        for (Difference difference : differences) {
            String reason = known.reason(name, difference);
            if (reason.isEmpty()) {
                surprises++;
                System.out.println("DIFFERENT   " + name + ", " + difference);
            } else {
                meant++;
                System.out.println("meant       " + name + ", " + difference + " (" + reason + ")");
            }
        }
    }

    private static Answer ask(Case one, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(one.wire(port));
            return Answer.of(socket.getInputStream().readAllBytes(), port);
        } catch (IOException failed) {
            throw new BenchException(one.name() + ", port " + port + ": " + failed.getMessage(), failed);
        }
    }
}
