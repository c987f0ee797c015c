package io.sluice.core.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads addresses as nginx writes them: {@code 80}, {@code *:80}, {@code 127.0.0.1:80}, {@code [::1]:80}, {@code [fe80::1%2]:80}, {@code localhost:80},
 * {@code unix:/run/x}, {@code unix:@name}. A host name is resolved now, which may block: for loading only.
 */
public final class AddressParser {
    private AddressParser() {}

    /**
     * Where to listen; a port alone means every IPv4 address.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static List<Address> listening(String text) {
        if (isPort(text)) {
            return List.of(Address.inet(new byte[4], port(text, text)));
        }
        if (text.startsWith("*:")) {
            return List.of(Address.inet(new byte[4], port(text, text.substring(2))));
        }
        return parse(text, 80);
    }

    /**
     * All addresses of a host with a port.
     *
     * @param defaultPort if the text names none; 0 if it must
     * @throws IllegalArgumentException saying what is wrong
     */
    public static List<Address> parse(String text, int defaultPort) {
        if (text.startsWith("unix:")) {
            return List.of(unix(text.substring(5)));
        }
        HostAndPort found = HostAndPort.of(text, defaultPort);
        return resolve(found.host(), found.port(), text);
    }

    /**
     * An address with its port, for running: names are not resolved, so it never blocks. The shorter forms of IPv4, as {@code 127.1}, are
     * none.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Address literal(String text) {
        if (text.startsWith("unix:")) {
            return unix(text.substring(5));
        }
        HostAndPort found = HostAndPort.of(text, 0);
        String host = found.host();
        boolean bracketed = host.startsWith("[");
        String inner = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bracketed
                ? inner.indexOf(':') < 0
                : inner.chars().filter(c -> c == '.').count() != 3) {
            throw new IllegalArgumentException("\"" + text + "\" is no address");
        }
        try {
            return inet(InetAddress.ofLiteral(inner), found.port());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no address", wrong);
        }
    }

    /** A host, in brackets if it was written so, and a port. */
    private record HostAndPort(String host, int port) {
        static HostAndPort of(String text, int defaultPort) {
            String host = text;
            String port = "";
            if (text.startsWith("[")) {
                int end = text.indexOf(']');
                if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is not an address: the bracket is not closed well");
                }
                host = text.substring(0, end + 1);
                port = end + 1 < text.length() ? text.substring(end + 2) : "";
                if (port.isEmpty() && end + 1 < text.length()) {
                    throw new IllegalArgumentException("\"" + text + "\" is not an address: no port behind the colon");
                }
            } else {
                int colon = text.lastIndexOf(':');
                if (colon >= 0) {
                    host = text.substring(0, colon);
                    port = text.substring(colon + 1);
                    if (port.isEmpty() || host.indexOf(':') >= 0) {
                        throw new IllegalArgumentException("\"" + text
                                + "\" is not an address: an IPv6 address stands in brackets, a port is a number");
                    }
                }
            }
            if (port.isEmpty() && defaultPort == 0) {
                throw new IllegalArgumentException("\"" + text + "\" names no port");
            }
            if (host.isEmpty()) {
                throw new IllegalArgumentException("\"" + text + "\" names no host");
            }
            return new HostAndPort(host, port.isEmpty() ? defaultPort : AddressParser.port(text, port));
        }
    }

    private static List<Address> resolve(String host, int port, String text) {
        try {
            List<Address> found = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                found.add(inet(address, port));
            }
            return found;
        } catch (UnknownHostException unknown) {
            String what = host.indexOf('%') < 0 ? "host not found in \"" : "no zone of this machine in \"";
            throw new IllegalArgumentException(what + text + "\"", unknown);
        }
    }

    private static Address inet(InetAddress address, int port) {
        int scope = address instanceof Inet6Address local ? local.getScopeId() : 0;
        return Address.inet(address.getAddress(), port, scope);
    }

    private static Address unix(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a unix socket needs a path");
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        if (bytes.length > 107) {
            throw new IllegalArgumentException("the path of a unix socket has at most 107 bytes: " + path);
        }
        return Address.unix(bytes);
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int port(String text, String digits) {
        if (!isPort(digits) || Integer.parseInt(digits) > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\" has an invalid port");
        }
        return Integer.parseInt(digits);
    }
}
