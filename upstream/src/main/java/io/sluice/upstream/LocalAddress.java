package io.sluice.upstream;

import io.sluice.core.connection.Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Reads an address to come from, with a port or without, as variables have them too: {@code ::1} needs no brackets. */
final class LocalAddress {
    private LocalAddress() {}

    /** @throws IllegalArgumentException for what is none; names are not resolved */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean hasPort = bracketed ? text.indexOf("]:") > 0 : colon > 0 && text.indexOf(':') == colon;
        String host = hasPort ? text.substring(0, colon) : text;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        // The shorter forms of IPv4, as 127.1, are nobody's meaning here.
        if (host.indexOf(':') < 0 && host.chars().filter(c -> c == '.').count() != 3) {
            throw new IllegalArgumentException("\"" + text + "\" is no address to come from");
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(host);
            int scope = literal instanceof Inet6Address local ? local.getScopeId() : 0;
            return Address.inet(literal.getAddress(), hasPort ? port(text.substring(colon + 1)) : 0, scope);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no address to come from", wrong);
        }
    }

    private static int port(String digits) {
        boolean isPort =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isPort ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"" + digits + "\" is no port");
        }
        return port;
    }
}
