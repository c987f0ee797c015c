package io.sluice.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx, as the other side and as the origin behind both. */
public record Nginx(String name) implements Server {

    /** Debian puts it where not everybody's path leads. */
    public static String binary() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    }

    @Override
    public List<String> command(Path configuration, Path folder) {
        return List.of(binary(), "-p", folder.toString(), "-c", configuration.toString(), "-e", folder + "/error.log");
    }

    @Override
    public String configuration(Wanted wanted, int port, int originPort, Path folder) {
        String upstream = """
                upstream backend {
                    %s
                    server 127.0.0.1:%d;
                    keepalive 64;
                    keepalive_requests 100000000;
                }
                """.formatted(wanted.workers() > 1 ? "zone backend 256k;" : "", originPort);
        String locations =
                """
                location / {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                }
                location = /hello { return 200 "%s"; }
                %s
                """.formatted(Pages.HELLO_BODY, wanted.files().map(Nginx::files).orElse(""));
        return configuration(wanted.workers(), wanted.connections(), port, folder, upstream, locations);
    }

    private static String files(StaticFiles files) {
        return """
                location /files/ {
                    root %s;
                    sendfile on;
                    tcp_nopush on;
                    %s
                }
                """.formatted(files.root(), files.cached() ? "open_file_cache max=1000 inactive=60s;" : "");
    }

    /** The origin: a small answer to everything. */
    public static String origin(int port, Path folder) {
        return configuration(
                1,
                Wanted.ENOUGH_CONNECTIONS,
                port,
                folder,
                "",
                "location / { return 200 \"" + Pages.ORIGIN_BODY + "\"; }");
    }

    /** A whole configuration of parts of http and of its only server. */
    public static String configuration(
            int workers, int connections, int port, Path folder, String upstream, String locations) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return """
               %1$s
               daemon off;
               worker_processes %2$d;
               pid %4$s/nginx.pid;
               error_log %4$s/error.log crit;
               events { worker_connections %3$d; }
               http {
                   access_log off;
                   keepalive_requests 100000000;
                   client_body_temp_path %4$s/body;
                   proxy_temp_path %4$s/proxy;
                   fastcgi_temp_path %4$s/fastcgi;
                   uwsgi_temp_path %4$s/uwsgi;
                   scgi_temp_path %4$s/scgi;
                   %5$s
                   server {
                       listen 127.0.0.1:%6$d;
                       %7$s
                   }
               }
               """.formatted(root ? "user root;" : "", workers, connections, folder, upstream, port, locations);
    }
}
