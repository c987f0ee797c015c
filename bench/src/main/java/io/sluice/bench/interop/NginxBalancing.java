package io.sluice.bench.interop;

import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** nginx with an upstream for each method. It is its own origin, unless another's port is given: each answers its address. */
record NginxBalancing() implements Server {

    /** Host part and nginx's parameters of each peer. */
    static final List<String> PEERS = List.of(
            "127.0.0.2: weight=5", "127.0.0.3:", "127.0.0.4: weight=2", "127.0.0.5: down", "127.0.0.6: weight=3");

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
        int peersPort = originPort == 0 ? port : originPort;
        StringBuilder http = new StringBuilder();
        StringBuilder locations = new StringBuilder("location = /hello { return 200 \"hello\"; }\n");
        for (BalancingMethod method : BalancingMethod.ALL) {
            http.append("upstream ").append(method.path()).append(" { ").append(method.nginx());
            for (String peer : PEERS) {
                http.append(" server ")
                        .append(peer.replace(":", ":" + peersPort))
                        .append(';');
            }
            http.append(" }\n");
            locations.append("location /%1$s/ { proxy_pass http://%1$s; }\n".formatted(method.path()));
        }
        if (originPort == 0) {
            http.append("server {");
            for (String peer : PEERS) {
                http.append(" listen ")
                        .append(peer, 0, peer.indexOf(':') + 1)
                        .append(port)
                        .append(';');
            }
            http.append(" location / { return 200 \"$server_addr\"; } }\n");
        }
        return Nginx.configuration(
                wanted.workers(), wanted.connections(), port, folder, http.toString(), locations.toString());
    }
}
