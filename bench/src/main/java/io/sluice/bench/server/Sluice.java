package io.sluice.bench.server;

import java.nio.file.Path;
import java.util.List;

/**
 * This build, started by its own script, so that what is measured is what users get.
 *
 * @param script the script {@code sluice} of the build
 */
public record Sluice(Path script) implements Server {

    @Override
    public String name() {
        return "Sluice";
    }

    @Override
    public List<String> command(Path configuration, Path folder) {
        return List.of(script.toString(), "-c", configuration.toString());
    }

    @Override
    public String configuration(Wanted wanted, int port, int originPort, Path folder) {
        String process = """
               workers = %d
               worker-connections = %d
               events.driver = %s
               status.file = "%s"
               """.formatted(
                        wanted.workers(), wanted.connections(), wanted.nio() ? "nio" : "auto", StatusFile.in(folder));
        return process + (wanted.tunnel() ? tunnel(port, originPort) : http(wanted, port, originPort));
    }

    private static String tunnel(int port, int originPort) {
        return """
               stream.servers = [ { listen = ["127.0.0.1:%d"], proxy.pass = "127.0.0.1:%d" } ]
               """.formatted(port, originPort);
    }

    private static String http(Wanted wanted, int port, int originPort) {
        return """
               upstreams.backend {
                 balance = round-robin
                 keepalive { connections = 64, requests = 100000000 }
                 servers = [ { address = "127.0.0.1:%2$d" } ]
               }
               %3$s
               http {
                 access-log = off
                 keepalive-requests = 100000000
                 servers = [
                   {
                     listen = ["127.0.0.1:%1$d"]
                     locations = [
                       { path = "/", proxy.pass = "http://backend" }
                       { path = "= /hello", return { status = 200, text = "%4$s" } }
                       %5$s
                       %6$s
                     ]
                   }
                 ]
               }
               """.formatted(
                port,
                originPort,
                wanted.peers().map(peers -> upstreams(peers, originPort)).orElse(""),
                Pages.HELLO_BODY,
                wanted.files().map(Sluice::files).orElse(""),
                wanted.peers().map(Sluice::locations).orElse(""));
    }

    private static String upstreams(ManyPeers peers, int originPort) {
        StringBuilder text = new StringBuilder();
        for (Balancing way : peers.ways()) {
            text.append(
                    """
                    upstreams.%s {
                      balance = %s
                      keepalive { connections = %d, requests = 100000000, timeout = 1h }
                      servers = [
                        %s
                      ]
                    }
                    """.formatted(way.upstream(), way.sluice(), peers.kept(), peers.servers(originPort, "\"", "\"")));
        }
        return text.toString();
    }

    private static String locations(ManyPeers peers) {
        StringBuilder text = new StringBuilder();
        for (Balancing way : peers.ways()) {
            text.append("""
                    { path = "= %s", proxy.pass = "http://%s" }
                    """.formatted(way.path(), way.upstream()));
        }
        return text.toString();
    }

    private static String files(StaticFiles files) {
        return """
                { path = "/files/", root = "%s", sendfile = on, tcp-nopush = on %s }
                """.formatted(files.root(), files.cached() ? ", open-file-cache { max = 1000, inactive = 60s }" : "");
    }
}
