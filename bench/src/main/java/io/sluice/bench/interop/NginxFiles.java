package io.sluice.bench.interop;

import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** nginx, serving the site. */
record NginxFiles(Path site) implements Server {

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public List<String> command(Path configuration, Path folder) {
        return new Nginx(name()).command(configuration, folder);
    }

    @Override
    public String configuration(Wanted wanted, int port, int originPort, Path folder) {
        String locations = """
                root %s;
                sendfile on;
                tcp_nopush on;
                types { text/html html; text/plain txt; application/octet-stream bin; }
                default_type text/plain;
                location = /hello { return 200 "hello"; }
                location / { }
                location /list/ { autoindex on; }
                location /other/ { alias %1$s/alias/; }
                location /link/ { disable_symlinks on; }
                location /try/ { try_files $uri /try/fallback.html; }
                location /gone/ { try_files $uri =410; }
                location /ranges/ { alias %1$s/; max_ranges 2; }
                location /gz/ { gzip on; gzip_min_length 100; gzip_vary on; }
                location /expires/ { expires max; add_header X-Told yes; }
                """.formatted(site);
        return Nginx.configuration(wanted.workers(), wanted.connections(), port, folder, "", locations);
    }
}
