package io.sluice.bench.interop;

import io.sluice.bench.server.Server;
import io.sluice.bench.server.Sluice;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** Sluice with a server for each row. */
record SluiceStream(List<StreamRow> rows, StreamPeers peers, Path script) implements Server {

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
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            StreamRow row = rows.get(i);
            upstreams.append(row.sluiceUpstreams()).append('\n');
            String listen = row.sluiceListen().isEmpty() ? "" : ", " + row.sluiceListen();
            servers.append("  { listen = [ { address = \"%s:%d\"%s } ], %s }\n"
                    .formatted(StreamRow.host(i), port, listen, row.sluice()));
        }
        return """
               workers = 1
               http.servers = [ {
                 listen = ["127.0.0.1:%d"], access-log = off
                 locations = [ { path = "= /hello", return { status = 200, text = "hello" } } ]
               } ]
               %s
               stream.servers = [
               %s]
               """.formatted(port, peers.fill(upstreams.toString()), peers.fill(servers.toString()));
    }
}
