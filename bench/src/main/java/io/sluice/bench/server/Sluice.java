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
        return """
               workers = %1$d
               worker-connections = %2$d
               events.driver = %3$s
               status.file = "%6$s"
               upstreams.backend {
                 balance = round-robin
                 keepalive { connections = 64, requests = 100000000 }
                 servers = [ { address = "127.0.0.1:%5$d" } ]
               }
               http {
                 access-log = off
                 keepalive-requests = 100000000
                 servers = [
                   {
                     listen = ["127.0.0.1:%4$d"]
                     locations = [
                       { path = "/", proxy.pass = "http://backend" }
                       { path = "= /hello", return { status = 200, text = "%8$s" } }
                       %7$s
                     ]
                   }
                 ]
               }
               """.formatted(
                        wanted.workers(),
                        wanted.connections(),
                        wanted.nio() ? "nio" : "auto",
                        port,
                        originPort,
                        StatusFile.in(folder),
                        wanted.files().map(Sluice::files).orElse(""),
                        Pages.HELLO_BODY);
    }

    private static String files(StaticFiles files) {
        return """
                { path = "/files/", root = "%s", sendfile = on, tcp-nopush = on %s }
                """.formatted(files.root(), files.cached() ? ", open-file-cache { max = 1000, inactive = 60s }" : "");
    }
}
