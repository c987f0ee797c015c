package io.sluice.core.connection;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.Variables;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of {@link Connection#proxied}, with nginx's names, for whoever has variables about connections (ngx_proxy_protocol_get_tlv).
 */
public final class ProxiedVariables {
    private static final Map<String, Integer> TYPES =
            Map.of("alpn", 0x01, "authority", 0x02, "unique_id", 0x05, "ssl", 0x20, "netns", 0x30);
    private static final Map<String, Integer> SSL_TYPES =
            Map.of("version", 0x21, "cn", 0x22, "cipher", 0x23, "sig_alg", 0x24, "key_alg", 0x25);
    private static final String SSL_PREFIX = "ssl_";
    private static final int SSL = 0x20;

    /** One byte about the client, four that say whether its certificate was right. */
    private static final int SSL_HEAD = 5;

    private ProxiedVariables() {}

    /**
     * Claims them all.
     *
     * @param owner the id of the plugin
     * @param connectionOf the client's connection
     */
    public static <C> void claim(
            Variables.Claims<C> claims, String owner, Function<? super C, Connection> connectionOf) {
        claims.claim("proxy_protocol_addr", owner, (c, out) -> host(source(connectionOf.apply(c)), out))
                .claim("proxy_protocol_port", owner, (c, out) -> port(source(connectionOf.apply(c)), out))
                .claim("proxy_protocol_server_addr", owner, (c, out) -> host(destination(connectionOf.apply(c)), out))
                .claim("proxy_protocol_server_port", owner, (c, out) -> port(destination(connectionOf.apply(c)), out))
                .claimPrefix("proxy_protocol_tlv_", owner, suffix -> on(tlv(suffix), connectionOf));
    }

    private static @Nullable Address source(Connection c) {
        Proxied known = c.proxied();
        return known == null ? null : known.source();
    }

    private static @Nullable Address destination(Connection c) {
        Proxied known = c.proxied();
        return known == null ? null : known.destination();
    }

    private static boolean host(@Nullable Address address, BytesSink out) {
        if (address == null) {
            return false;
        }
        address.putHost(out);
        return true;
    }

    private static boolean port(@Nullable Address address, BytesSink out) {
        if (address == null || address.isUnix()) {
            return false;
        }
        out.putLong(address.port());
        return true;
    }

    private static <C> Evaluator<C> on(Evaluator<Proxied> value, Function<? super C, Connection> connectionOf) {
        return (context, out) -> {
            Proxied known = connectionOf.apply(context).proxied();
            return known != null && value.write(known, out);
        };
    }

    /** By name, or by a number such as {@code 0xea}. A name that means nothing has no value. */
    private static Evaluator<Proxied> tlv(String name) {
        if (name.startsWith(SSL_PREFIX)) {
            return ssl(name.substring(SSL_PREFIX.length()));
        }
        int type = type(name, TYPES);
        return type < 0 ? (_, _) -> false : (proxied, out) -> proxied.writeTlv(type, out);
    }

    private static Evaluator<Proxied> ssl(String name) {
        if (name.equals("verify")) {
            return ProxiedVariables::verify;
        }
        int type = type(name, SSL_TYPES);
        return type < 0 ? (_, _) -> false : (proxied, out) -> proxied.writeTlv(SSL, SSL_HEAD, type, out);
    }

    /** 0 if the client's certificate was right. */
    private static boolean verify(Proxied proxied, BytesSink out) {
        int before = out.count();
        if (!proxied.writeTlv(SSL, out) || out.count() - before < SSL_HEAD) {
            return false;
        }
        long number = 0;
        for (int i = 1; i < SSL_HEAD; i++) {
            number = number << 8 | out.array()[before + i] & 0xff;
        }
        out.truncate(before);
        out.putLong(number);
        return true;
    }

    private static int type(String name, Map<String, Integer> names) {
        Integer known = names.get(name);
        if (known != null) {
            return known;
        }
        boolean isNumber = name.length() > 2 && name.length() <= 4 && name.startsWith("0x");
        int type = 0;
        for (int i = 2; i < name.length() && isNumber; i++) {
            int digit = Character.digit(name.charAt(i), 16);
            isNumber = digit >= 0;
            type = type << 4 | digit;
        }
        return isNumber ? type : -1;
    }
}
