package io.sluice.stream.proxy;

import io.sluice.core.config.Settings;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.SettingsPlace;
import io.sluice.core.plugin.StageSettings;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamLevels;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.Reach;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * How the sessions of one server are proxied, ready for use. Immutable, shared by all workers.
 *
 * @param bufferBytes of each direction
 * @param bulkBytes of a direction whose bytes come as fast as they can be read
 * @param connect to peers of clients that send bytes
 * @param connectDatagrams to peers of clients that send datagrams
 * @param timeoutMillis without a byte in either direction
 * @param requests datagrams of a client after which its next begins a new session; 0 for no limit
 * @param responses datagrams of a peer for each of the client that end a session; {@link #UNLIMITED} if none does
 */
record ProxyConf(
        Target target,
        ConnectOptions connect,
        ConnectOptions connectDatagrams,
        RetryPolicy retry,
        long timeoutMillis,
        int bufferBytes,
        int bulkBytes,
        Rate upload,
        Rate download,
        boolean halfClose,
        int requests,
        long responses) {

    static final long UNLIMITED = -1;

    private static final int CONDITIONS = RetryPolicy.ERROR | RetryPolicy.TIMEOUT;

    /** Not the name of any protocol that leaves connections idle: they are never those of a session. */
    private static final String PROTOCOL = "stream";

    /** Answers null if something is wrong, which has been reported. */
    static @Nullable ProxyConf read(ServerView server, Upstreams upstreams, StageSettings stages) {
        ProxySettings settings = server.read(ProxySettings.SETTINGS);
        int buffer = blockBytes((int) settings.bufferSize().count());
        server.reserve(2 * buffer);
        Rate upload = Rate.read(server, "proxy.upload-rate", settings.uploadRate());
        Rate download = Rate.read(server, "proxy.download-rate", settings.downloadRate());
        OutgoingOptions how = OutgoingOptions.DEFAULT
                .with()
                .local(local(server, settings.bind().orElse(null)))
                .build();
        long millis = settings.connectTimeout().toMillis();
        Target target = Target.read(server, settings.pass().orElse(""), upstreams);
        if (target == null) {
            return null;
        }
        return new ProxyConf(
                target,
                new ConnectOptions(millis, Reach.plain(PROTOCOL, how, stages.ofPass(new Place(server)))),
                new ConnectOptions(
                        millis,
                        Reach.plain(
                                PROTOCOL, how.with().type(SocketType.DATAGRAM).build(), TransportStages.NONE)),
                new RetryPolicy(
                        settings.nextUpstream() ? CONDITIONS : 0,
                        settings.nextUpstreamTries(),
                        settings.nextUpstreamTimeout().toMillis(),
                        false),
                settings.timeout().toMillis(),
                buffer,
                Math.max(buffer, blockBytes((int) settings.bulkBufferSize().count())),
                upload,
                download,
                settings.halfClose(),
                settings.requests(),
                settings.responses().map(Integer::longValue).orElse(UNLIMITED));
    }

    /** Memory comes in powers of two. */
    private static int blockBytes(int wanted) {
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    private static @Nullable Address local(ServerView server, @Nullable String bind) {
        if (bind == null) {
            return null;
        }
        try {
            return AddressParser.parse(bind + ":0", 0).getFirst();
        } catch (IllegalArgumentException wrong) {
            server.problem("proxy.bind", String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    /** Where keys of transport stages may stand beside {@code pass}. */
    private record Place(ServerView server) implements SettingsPlace {
        @Override
        public <R extends Record> R read(Settings<R> settings) {
            return server.read(settings.under("proxy").at(StreamLevels.STREAM, StreamLevels.SERVER));
        }
    }
}
