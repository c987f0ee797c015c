package io.sluice.core.config;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What two plugins contribute to the same levels, as http and proxy do, and how they read it. */
final class Sample {

    static final Level HTTP = Level.ROOT.child("http");
    static final Level SERVER = HTTP.child("servers");
    static final Level LOCATION = SERVER.child("locations");

    static final String REFERENCE_TEXT = """
            # How many connections a worker has.
            worker-connections = 512
            http {
                # How long an idle connection is kept.
                keepalive-timeout = 75s
                # How much a client may send.
                client-max-body-size = 1m
                # Headers added to each response.
                add-header = []
                # The servers, each with its own settings.
                servers {
                    # Where it listens.
                    listen {
                        # Connections that queue in the kernel.
                        backlog = 511
                        # Whether TLS is spoken.
                        ssl = off
                    }
                    # The names it answers to.
                    server-names = []
                    # What stands for it below another path.
                    locations = []
                }
                # What is sent on.
                proxy {
                    # How long a peer may take to accept a connection.
                    connect-timeout = 60s
                    buffers {
                        # How many.
                        count = 8
                        # How large each is.
                        size = 4k
                    }
                    # When the next peer is tried.
                    next-upstream = [error, timeout]
                }
            }
            """;

    static final References REFERENCE = References.of("sample/reference.conf", REFERENCE_TEXT);

    enum NextUpstream {
        ERROR,
        TIMEOUT,
        INVALID_HEADER
    }

    record Main(@Range(min = 1) int workerConnections) {}

    record Http(@Local List<Section> servers) {}

    record Core(
            Duration keepaliveTimeout,
            @ByteSize long clientMaxBodySize,
            @Replaced List<NameValue> addHeader) {}

    record Server(
            @Local List<Listen> listen,
            @Local List<String> serverNames,
            @Local List<Section> locations) {}

    record Listen(@Shorthand String address, int backlog, boolean ssl) {
        Listen {
            if (address.isEmpty()) {
                throw new IllegalArgumentException("address must not be empty");
            }
        }
    }

    record Location(@Local String path, @Local List<Section> locations) {}

    record Proxy(Duration connectTimeout, Buffers buffers, List<NextUpstream> nextUpstream) {}

    record Buffers(@Range(min = 1, max = 1024) int count, Bytes size) {}

    record Pass(@Local Optional<String> pass) {}

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    static final Settings<Main> MAIN = Settings.of(LOOKUP, Main.class).at(Level.ROOT);
    static final Settings<Http> HTTP_BLOCK = Settings.of(LOOKUP, Http.class).at(HTTP);
    static final Settings<Core> CORE = Settings.of(LOOKUP, Core.class).at(HTTP, SERVER, LOCATION);
    static final Settings<Server> SERVER_BLOCK =
            Settings.of(LOOKUP, Server.class).at(SERVER);
    static final Settings<Location> LOCATION_BLOCK =
            Settings.of(LOOKUP, Location.class).at(LOCATION);
    static final Settings<Proxy> PROXY =
            Settings.of(LOOKUP, Proxy.class).under("proxy").at(HTTP, SERVER, LOCATION);
    static final Settings<Pass> PASS =
            Settings.of(LOOKUP, Pass.class).under("proxy").at(LOCATION);

    /** All that was read for one location. */
    record Read(Main main, Server server, Location location, Core core, Proxy proxy, Pass pass) {}

    private Sample() {}

    static Configuration parse(String text) {
        return Configuration.parse(text, "sluice.conf", REFERENCE);
    }

    /** Reads everything, in the order in which it stands. */
    static List<Read> read(Configuration configuration) {
        for (Settings<?> settings : List.of(MAIN, HTTP_BLOCK, CORE, SERVER_BLOCK, LOCATION_BLOCK, PROXY, PASS)) {
            configuration.declare(settings);
        }
        Main main = MAIN.read(configuration.root());
        Section http = configuration.root().section("http");
        List<Read> found = new ArrayList<>();
        for (Section server : HTTP_BLOCK.read(http).servers()) {
            Levels levels = Levels.of(http).then(server);
            Server block = SERVER_BLOCK.read(levels);
            for (Section location : block.locations()) {
                read(main, block, levels.then(location), found);
            }
        }
        return found;
    }

    private static void read(Main main, Server server, Levels levels, List<Read> found) {
        Location location = LOCATION_BLOCK.read(levels);
        found.add(new Read(main, server, location, CORE.read(levels), PROXY.read(levels), PASS.read(levels)));
        for (Section nested : location.locations()) {
            read(main, server, levels.then(nested), found);
        }
    }
}
