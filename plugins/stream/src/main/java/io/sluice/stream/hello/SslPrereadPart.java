package io.sluice.stream.hello;

import io.sluice.core.buffer.Buf;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.SocketType;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.BytesSink;
import io.sluice.stream.ServerPart;
import io.sluice.stream.SessionKey;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamLevels;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.stream.StreamPhase;
import io.sluice.stream.StreamSession;
import java.lang.invoke.MethodHandles;
import java.util.function.Function;

/** What a TLS client wants, before anybody answers it and without a key (ngx_stream_ssl_preread_module). */
public final class SslPrereadPart implements StreamPart {
    /** What stream or a server says of it. */
    record SslPrereadSettings(boolean sslPreread) {}

    private static final Settings<SslPrereadSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), SslPrereadSettings.class).at(StreamLevels.STREAM, StreamLevels.SERVER);

    private static final ServerPart<SslPrereadSettings> PART = ServerPart.of(server -> server.read(SETTINGS));

    private static final SessionKey<HelloReader> READER = SessionKey.of("ssl-preread");

    /** A hello that is here, whole. */
    private static final SessionKey<HelloReader> HELLO = SessionKey.of("ClientHello");

    @Override
    public void configure(PluginBinder binder) {
        StreamBinder.of(binder)
                .settings(SETTINGS)
                .part(PART)
                .phase(StreamPhase.PREREAD, "ssl-preread", worker -> SslPrereadPart::handle)
                .variable("ssl_preread_protocol", SslPrereadPart::protocol)
                .variable(
                        "ssl_preread_server_name",
                        (session, out) ->
                                text(session, out, reader -> reader.hello().name()))
                .variable(
                        "ssl_preread_alpn_protocols",
                        (session, out) ->
                                text(session, out, reader -> reader.hello().protocols()));
    }

    private static StreamOutcome handle(StreamSession session) {
        boolean wanted = session.part(PART).sslPreread() && session.connection().socketType() == SocketType.STREAM;
        if (!wanted) {
            return StreamOutcome.DECLINED;
        }
        HelloReader reader = session.kept(READER);
        if (reader == null) {
            reader = new HelloReader();
            session.keep(READER, reader);
        }
        Buf read = session.preread();
        return switch (read == null ? ClientHello.Reading.MORE : reader.read(read)) {
            case MORE -> StreamOutcome.MORE;
            case DONE -> {
                session.keep(HELLO, reader);
                yield StreamOutcome.NEXT_PHASE;
            }
            case WRONG -> StreamOutcome.DECLINED;
        };
    }

    private static boolean text(StreamSession session, BytesSink out, Function<HelloReader, BytesSink> of) {
        HelloReader reader = session.kept(HELLO);
        if (reader == null || of.apply(reader).isEmpty()) {
            return false;
        }
        BytesSink value = of.apply(reader);
        out.put(value.array(), 0, value.count());
        return true;
    }

    /** With nginx's names; of a version that has none there is no value. */
    private static boolean protocol(StreamSession session, BytesSink out) {
        HelloReader reader = session.kept(HELLO);
        String name = reader == null
                ? ""
                : switch (reader.version()) {
                    case 0x0002 -> "SSLv2";
                    case 0x0300 -> "SSLv3";
                    case 0x0301 -> "TLSv1";
                    case 0x0302 -> "TLSv1.1";
                    case 0x0303 -> "TLSv1.2";
                    case 0x0304 -> "TLSv1.3";
                    default -> "";
                };
        out.putAscii(name);
        return !name.isEmpty();
    }
}
