package io.sluice.bench.interop;

import io.sluice.bench.server.Server;
import io.sluice.bench.server.Sluice;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** Sluice, serving the site. */
record SluiceFiles(Path site, Path script) implements Server {

    @Override
    public String name() {
        return "Sluice";
    }

    @Override
    public List<String> command(Path configuration, Path folder) {
        return new Sluice(script).command(configuration, folder);
    }

    @Override
    public String configuration(Wanted wanted, int port, int originPort, Path folder) {
        return """
               workers = 1
               http {
                 access-log = off
                 root = "%1$s"
                 sendfile = on
                 tcp-nopush = on
                 default-type = text/plain
                 servers = [
                   {
                     listen = ["127.0.0.1:%2$d"]
                     locations = [
                       { path = "= /hello", return { status = 200, text = "hello" } }
                       { path = "/" }
                       { path = "/list/", autoindex = on }
                       { path = "/other/", alias = "%1$s/alias/" }
                       { path = "/link/", disable-symlinks = on }
                       { path = "/try/", try-files = ["$uri", "/try/fallback.html"] }
                       { path = "/gone/", try-files = ["$uri", "=410"] }
                       { path = "/ranges/", alias = "%1$s/", max-ranges = 2 }
                       { path = "/gz/", gzip { enabled = on, min-length = 100, vary = on } }
                       { path = "/expires/", expires = max, add-header = [{ name = X-Told, value = yes }] }
                     ]
                   }
                 ]
               }
               """.formatted(site, port);
    }
}
