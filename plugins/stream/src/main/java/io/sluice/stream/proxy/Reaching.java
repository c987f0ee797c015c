package io.sluice.stream.proxy;

import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.BindSettings;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.Reach;
import io.sluice.upstream.VariableBind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How connections of one server to its peers are made. Immutable.
 *
 * @param bytes for clients that send bytes
 * @param datagrams for clients that send datagrams
 * @param bind the local address, where it depends on the session
 */
record Reaching(
        ConnectOptions bytes,
        ConnectOptions datagrams,
        @Nullable Template<StreamSession> bind) {
    /** Not the name of any protocol that leaves connections idle: they are never those of a session. */
    private static final String PROTOCOL = "stream";

    /** @param ways hears how connections will be made */
    static Reaching read(ServerView server, ProxyKeys keys, Consumer<Outgoing> ways) {
        ProxySettings settings = keys.settings();
        OutgoingOptions how = OutgoingOptions.DEFAULT
                .with()
                .receiveBuffer((int) settings.socketRcvbuf().count())
                .sendBuffer((int) settings.socketSndbuf().count())
                .keepalive(settings.socketKeepalive() ? KeepaliveProbes.ON : null)
                .build();
        Template<StreamSession> variable = null;
        BindSettings bind = settings.bind().orElse(null);
        if (bind != null) {
            how = bind.options(how);
            String address = bind.address().orElse("");
            Template<StreamSession> template = server.template("proxy.bind", address);
            if (!template.isConstant()) {
                variable = template;
            } else if (!address.isEmpty() && address.indexOf('$') < 0) {
                how = fixed(server, bind, how, address);
            }
        }
        if (!how.equals(OutgoingOptions.DEFAULT)) {
            ways.accept(new Outgoing(how, server.section().where()));
        }
        long millis = settings.connectTimeout().toMillis();
        OutgoingOptions datagrams =
                how.with().type(SocketType.DATAGRAM).keepalive(null).build();
        return new Reaching(
                new ConnectOptions(millis, Reach.plain(PROTOCOL, how, keys.stages())),
                new ConnectOptions(millis, Reach.plain(PROTOCOL, datagrams, TransportStages.NONE)),
                variable);
    }

    private static OutgoingOptions fixed(ServerView server, BindSettings bind, OutgoingOptions how, String address) {
        try {
            return bind.options(how, address);
        } catch (IllegalArgumentException wrong) {
            server.problem("proxy.bind", String.valueOf(wrong.getMessage()));
            return how;
        }
    }

    ConnectOptions of(StreamSession session) {
        ConnectOptions options = switch (session.connection().socketType()) {
            case STREAM -> bytes;
            case DATAGRAM -> datagrams;
        };
        Template<StreamSession> from = bind;
        return from == null
                ? options
                : new VariableBind()
                        .options(
                                options,
                                session.evaluate(from),
                                session.connection().log(),
                                session.connection());
    }
}
