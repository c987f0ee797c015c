package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: a host with its port is what a second, slow reading of RFC 3986, 3.2.2, says. */
final class AuthorityFuzz {
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9_~!$&'()*+,;=-]|\\.(?!\\.)|%[0-9A-Fa-f]{2})+");
    private static final Pattern INET4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern INET6 =
            Pattern.compile("(?:[0-9A-Fa-f]{0,4}:)*(?:[0-9A-Fa-f]{0,4}|[0-9.]*\\.[0-9.]*)");
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:\\[]*)(?::(\\d*))?");

    private AuthorityFuzz() {}

    public static void fuzzerTestOneInput(byte[] text) {
        String expected = slowly(Wire.text(text));
        assertEquals(expected, read(text, 0, text.length));
        for (int around : new int[] {'1', ':', ']', '.', 'a'}) {
            byte[] within = new byte[text.length + 12];
            Arrays.fill(within, (byte) around);
            System.arraycopy(text, 0, within, 6, text.length);
            assertEquals(expected, read(within, 6, 6 + text.length));
        }
    }

    private static String read(byte[] bytes, int from, int to) {
        Authority authority = new Authority();
        return authority.parse(bytes, from, to)
                ? Wire.text(bytes, from, authority.hostEnd() - from) + " port " + authority.port()
                : "";
    }

    private static String slowly(String text) {
        Matcher parts = WITH_PORT.matcher(text);
        if (!parts.matches() || !isHost(parts.group(1))) {
            return "";
        }
        String port = parts.group(2) == null ? "" : parts.group(2).replaceFirst("^0+(?=.)", "");
        if (port.length() > 5 || (!port.isEmpty() && Integer.parseInt(port) > 65_535)) {
            return "";
        }
        return parts.group(1) + " port " + (port.isEmpty() ? "-1" : port);
    }

    private static boolean isHost(String host) {
        if (host.length() > Authority.MOST_HOST_BYTES) {
            return false;
        }
        return host.startsWith("[")
                ? isInet6(host.substring(1, host.length() - 1))
                : !host.startsWith(".") && NAME.matcher(host).matches();
    }

    private static boolean isInet6(String text) {
        if (!text.contains(":") || !INET6.matcher(text).matches()) {
            return false;
        }
        int last = text.lastIndexOf(':') + 1;
        if (text.indexOf('.') >= 0 && !INET4.matcher(text.substring(last)).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral("[" + text + "]");
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
