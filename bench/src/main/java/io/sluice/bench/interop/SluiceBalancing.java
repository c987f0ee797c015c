package io.sluice.bench.interop;

import io.sluice.bench.server.Server;
import io.sluice.bench.server.Sluice;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** Sluice with an upstream for each method, of the peers that nginx is the origin of. */
record SluiceBalancing(Path script) implements Server {

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
        StringBuilder upstreams = new StringBuilder();
        StringBuilder locations =
                new StringBuilder("{ path = \"= /hello\", return { status = 200, text = \"hello\" } }\n");
        for (BalancingMethod method : BalancingMethod.ALL) {
            upstreams.append("upstreams.%s { balance = %s, servers = [\n".formatted(method.path(), method.sluice()));
            for (String peer : NginxBalancing.PEERS) {
                int colon = peer.indexOf(':');
                String parameter =
                        peer.substring(colon + 1).replace("down", "down=on").replace("=", " = ");
                upstreams
                        .append("  { address = \"")
                        .append(peer, 0, colon + 1)
                        .append(originPort)
                        .append('"');
                upstreams.append(parameter.isBlank() ? "" : "," + parameter).append(" }\n");
            }
            upstreams.append("] }\n");
            locations.append("{ path = \"/%1$s/\", proxy.pass = \"http://%1$s\" }\n".formatted(method.path()));
        }
        return """
               workers = 1
               %s
               http {
                 access-log = off
                 servers = [ { listen = ["127.0.0.1:%d"], locations = [
                 %s ] } ]
               }
               """.formatted(upstreams, port, locations);
    }
}
