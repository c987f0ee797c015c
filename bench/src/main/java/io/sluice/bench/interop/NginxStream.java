package io.sluice.bench.interop;

import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Wanted;
import java.nio.file.Path;
import java.util.List;

/** nginx with a server for each row. */
record NginxStream(List<StreamRow> rows, StreamPeers peers) implements Server {

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
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            StreamRow row = rows.get(i);
            stream.append(row.nginxUpstreams()).append('\n');
            stream.append(
                    "server { listen %s:%d %s; %s }\n".formatted(StreamRow.host(i), port, row.listen(), row.nginx()));
        }
        return "load_module " + Nginx.STREAM_MODULE + ";\n"
                + Nginx.configuration(
                        wanted.workers(),
                        wanted.connections(),
                        port,
                        folder,
                        "",
                        "location = /hello { return 200 \"hello\"; }")
                + "stream {\n" + peers.fill(stream.toString()) + "}\n";
    }
}
