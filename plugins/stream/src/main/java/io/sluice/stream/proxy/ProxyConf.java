package io.sluice.stream.proxy;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.Reach;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * How the sessions of one server are proxied, ready for use. Immutable, shared by all workers.
 *
 * @param bufferBytes of each direction
 * @param timeoutMillis without a byte in either direction
 */
record ProxyConf(
        Target target,
        ConnectOptions connect,
        RetryPolicy retry,
        long timeoutMillis,
        int bufferBytes,
        Rate upload,
        Rate download,
        boolean halfClose) {

    private static final int CONDITIONS = RetryPolicy.ERROR | RetryPolicy.TIMEOUT;

    /** Not the name of any protocol that leaves connections idle: they are never those of a session. */
    private static final String PROTOCOL = "stream";

    /** Answers null if something is wrong, which has been reported. */
    static @Nullable ProxyConf read(ServerView server, Upstreams upstreams) {
        ProxySettings settings = server.read(ProxySettings.SETTINGS);
        int buffer = blockBytes((int) settings.bufferSize().count());
        server.reserve(2 * buffer);
        Rate upload = Rate.read(server, "proxy.upload-rate", settings.uploadRate());
        Rate download = Rate.read(server, "proxy.download-rate", settings.downloadRate());
        Address local = local(server, settings.bind().orElse(null));
        Target target = target(server, settings.pass().orElse(""), upstreams);
        if (target == null) {
            return null;
        }
        return new ProxyConf(
                target,
                new ConnectOptions(settings.connectTimeout().toMillis(), new Reach(local, PROTOCOL)),
                new RetryPolicy(
                        settings.nextUpstream() ? CONDITIONS : 0,
                        settings.nextUpstreamTries(),
                        settings.nextUpstreamTimeout().toMillis(),
                        false),
                settings.timeout().toMillis(),
                buffer,
                upload,
                download,
                settings.halfClose());
    }

    /** Memory comes in powers of two. */
    private static int blockBytes(int wanted) {
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    private static @Nullable Target target(ServerView server, String pass, Upstreams upstreams) {
        Template<StreamSession> text = server.template("proxy.pass", pass);
        if (!text.isConstant()) {
            return new Target.Named(text, upstreams);
        }
        try {
            return new Target.Fixed(upstreams.of(pass, 0));
        } catch (IllegalArgumentException wrong) {
            server.problem("proxy.pass", String.valueOf(wrong.getMessage()));
            return null;
        }
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

    /** Which upstream a session is for. */
    sealed interface Target {
        /** Null if there is none of that name. */
        @Nullable
        Upstream of(StreamSession session);

        /**
         * Always the same.
         *
         * @param upstream named in the configuration, or made of an address
         */
        record Fixed(Upstream upstream) implements Target {
            @Override
            public Upstream of(StreamSession session) {
                return upstream;
            }
        }

        /**
         * One of those that the configuration names, by a text with variables.
         *
         * @param name evaluated for each session
         */
        record Named(Template<StreamSession> name, Upstreams upstreams) implements Target {
            @Override
            public @Nullable Upstream of(StreamSession session) {
                return upstreams.find(session.evaluate(name).toString());
            }
        }
    }
}
