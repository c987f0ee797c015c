package io.sluice.stream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ProxiedVariables;
import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Variables;
import org.jspecify.annotations.Nullable;

/** The variables that stream itself knows, with nginx's names (ngx_stream_variables.c). */
final class StreamVariables {
    private static final String OWNER = "stream";

    private StreamVariables() {}

    static void claim(Variables.Claims<StreamSession> claims) {
        ProxiedVariables.claim(claims, OWNER, StreamSession::connection);
        claims.claim("remote_addr", OWNER, (s, out) -> host(s.connection().remoteAddress(), out))
                .claim("remote_port", OWNER, (s, out) -> port(s.connection().remoteAddress(), out))
                .claim(
                        "binary_remote_addr",
                        OWNER,
                        (s, out) -> binary(s.connection().remoteAddress(), out))
                .claim("server_addr", OWNER, (s, out) -> host(s.connection().localAddress(), out))
                .claim("server_port", OWNER, (s, out) -> port(s.connection().localAddress(), out))
                .claim("connection", OWNER, (s, out) -> number(s.connection().number(), out))
                .claim("bytes_sent", OWNER, (s, out) -> number(s.connection().sent(), out))
                .claim("bytes_received", OWNER, (s, out) -> number(s.bytesReceived(), out))
                .claim("session_time", OWNER, (s, out) -> seconds(s.millis(), out))
                .claim("status", OWNER, StreamVariables::status)
                .claim("protocol", OWNER, StreamVariables::protocol)
                .claim("msec", OWNER, (s, out) -> seconds(time(s).epochMillis(), out))
                .claim("time_local", OWNER, (s, out) -> bytes(time(s).commonLogTime(), out))
                .claim("time_iso8601", OWNER, (s, out) -> bytes(time(s).iso8601Time(), out));
    }

    private static CachedTime time(StreamSession session) {
        return session.worker().context().time();
    }

    private static boolean text(String text, BytesSink out) {
        out.putAscii(text);
        return true;
    }

    private static boolean bytes(byte[] bytes, BytesSink out) {
        out.put(bytes);
        return true;
    }

    private static boolean number(long number, BytesSink out) {
        out.putLong(number);
        return true;
    }

    private static boolean host(@Nullable Address address, BytesSink out) {
        return address != null && text(address.host(), out);
    }

    private static boolean port(@Nullable Address address, BytesSink out) {
        return address != null && number(address.port(), out);
    }

    private static boolean binary(@Nullable Address address, BytesSink out) {
        if (address == null) {
            return false;
        }
        for (int i = 0; i < address.length(); i++) {
            out.put(address.byteAt(i));
        }
        return true;
    }

    private static boolean protocol(StreamSession session, BytesSink out) {
        return switch (session.connection().socketType()) {
            case STREAM -> text("TCP", out);
            case DATAGRAM -> text("UDP", out);
        };
    }

    private static boolean status(StreamSession session, BytesSink out) {
        int status = session.status();
        return status == 0 ? text("000", out) : number(status, out);
    }

    /** With three digits behind the point, as nginx. */
    private static boolean seconds(long millis, BytesSink out) {
        out.putLong(millis / 1000);
        out.put((byte) '.');
        int rest = (int) (millis % 1000);
        out.put((byte) ('0' + rest / 100));
        out.put((byte) ('0' + rest / 10 % 10));
        out.put((byte) ('0' + rest % 10));
        return true;
    }
}
