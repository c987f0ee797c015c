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

    /** Where Debian's package puts it. */
    public static final Path STREAM_MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    @Override
    public String configuration(Wanted wanted, int port, int originPort, Path folder) {
        if (wanted.tunnel()) {
            return tunnel(wanted, port, originPort, folder);
        }
        String upstream = """
                upstream backend {
                    %s
                    server 127.0.0.1:%d;
                    keepalive 64;
                    keepalive_requests 100000000;
                }
                %s
                """.formatted(
                wanted.workers() > 1 ? "zone backend 256k;" : "",
                originPort,
                wanted.peers().map(peers -> upstreams(peers, originPort)).orElse(""));
        String locations = """
                location / {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                }
                location = /hello { return 200 "%s"; }
                %s
                %s
                """.formatted(
                        Pages.HELLO_BODY,
                        wanted.files().map(Nginx::files).orElse(""),
                        wanted.peers().map(Nginx::locations).orElse(""));
        return configuration(wanted.workers(), wanted.connections(), port, folder, upstream, locations);
    }

    private static String upstreams(ManyPeers peers, int originPort) {
        StringBuilder text = new StringBuilder();
        for (Balancing way : peers.ways()) {
            text.append("""
                    upstream %s {
                        %s
                        %s
                        keepalive %d;
                        keepalive_requests 100000000;
                        keepalive_timeout 1h;
                    }
                    """.formatted(
                            way.upstream(), way.nginx(), peers.servers(originPort, "server ", ";"), peers.kept()));
        }
        return text.toString();
    }

    private static String locations(ManyPeers peers) {
        StringBuilder text = new StringBuilder();
        for (Balancing way : peers.ways()) {
            text.append("""
                    location = %s {
                        proxy_pass http://%s;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                    """.formatted(way.path(), way.upstream()));
        }
        return text.toString();
    }

    private static String tunnel(Wanted wanted, int port, int originPort, Path folder) {
        if (!Files.isReadable(STREAM_MODULE)) {
            throw new BenchException("missing: " + STREAM_MODULE + ". On Debian: apt-get install libnginx-mod-stream");
        }
        return """
               load_module %s;
               %s
               stream {
                   server {
                       listen 127.0.0.1:%d;
                       proxy_pass 127.0.0.1:%d;
                   }
               }
               """.formatted(STREAM_MODULE, process(wanted.workers(), wanted.connections(), folder), port, originPort);
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

    /** The origin: a small answer to everything but files, on every address of this machine. */
    static String origin(int port, Path folder, Path site) {
        String locations = """
                location / { return 200 "%s"; }
                %s
                """.formatted(Pages.ORIGIN_BODY, files(new StaticFiles(site, true)));
        return configuration(1, Wanted.ENOUGH_CONNECTIONS, "*:" + port, folder, "keepalive_timeout 1h;", locations);
    }

    /** A whole configuration of parts of http and of its only server. */
    public static String configuration(
            int workers, int connections, int port, Path folder, String upstream, String locations) {
        return configuration(workers, connections, "127.0.0.1:" + port, folder, upstream, locations);
    }

    private static String configuration(
            int workers, int connections, String listen, Path folder, String upstream, String locations) {
        return """
               %1$s
               http {
                   access_log off;
                   keepalive_requests 100000000;
                   client_body_temp_path %2$s/body;
                   proxy_temp_path %2$s/proxy;
                   fastcgi_temp_path %2$s/fastcgi;
                   uwsgi_temp_path %2$s/uwsgi;
                   scgi_temp_path %2$s/scgi;
                   %3$s
                   server {
                       listen %4$s;
                       %5$s
                   }
               }
               """.formatted(process(workers, connections, folder), folder, upstream, listen, locations);
    }

    private static String process(int workers, int connections, Path folder) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return """
               %1$s
               daemon off;
               worker_processes %2$d;
               pid %3$s/nginx.pid;
               error_log %3$s/error.log crit;
               events { worker_connections %4$d; }
               """.formatted(root ? "user root;" : "", workers, folder, connections);
    }
}
