package io.sluice.http.parse;

/**
 * A host with an optional port, as in Host and in request targets: a name or IPv4 address by the grammar of
 * {@code reg-name} (RFC 3986, 3.2.2), or an IPv6 address in brackets. Not accepted, though the grammar has them: user
 * information, an empty host, IPvFuture, hosts longer than 255 bytes. As in nginx a host has no two dots in a row, nor
 * does it begin with one, because hosts end up in file paths.
 */
final class Authority {
    static final int MOST_HOST_BYTES = 255;

    private static final int MOST_PORT = 65_535;
    private static final byte REFUSED = 0;
    private static final byte PLAIN = 1;
    private static final byte DOT = 2;
    private static final byte PERCENT = 3;
    private static final byte[] NAME = new byte[256];

    static {
        for (int c = 0; c < 128; c++) {
            boolean plain = Character.isLetterOrDigit(c) || "-_~!$&'()*+,;=".indexOf(c) >= 0;
            NAME[c] = plain ? PLAIN : REFUSED;
        }
        NAME['.'] = DOT;
        NAME['%'] = PERCENT;
    }

    private int hostEnd;
    private int port;

    /** Where the host ends; it begins where the authority does. */
    int hostEnd() {
        return hostEnd;
    }

    /** @return -1 if no port is given */
    int port() {
        return port;
    }

    boolean parse(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        port = -1;
        hostEnd = bytes[from] == '[' ? literal(bytes, from, to) : name(bytes, from, to);
        if (hostEnd <= from || hostEnd - from > MOST_HOST_BYTES) {
            return false;
        }
        return hostEnd == to || (bytes[hostEnd] == ':' && port(bytes, hostEnd + 1, to));
    }

    private boolean port(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return false;
            }
            value = value * 10 + (bytes[i] - '0');
            if (value > MOST_PORT) {
                return false;
            }
        }
        port = from == to ? -1 : value;
        return true;
    }

    /** @return end of the name, or -1 */
    private static int name(byte[] bytes, int from, int to) {
        int i = from;
        for (; i < to; i++) {
            byte kind = NAME[bytes[i] & 0xff];
            if (kind == PLAIN) {
                continue;
            }
            if (kind == REFUSED) {
                return i;
            }
            if (kind == DOT && (i == from || bytes[i - 1] == '.')) {
                return -1;
            }
            if (kind == PERCENT) {
                if (i + 2 >= to || Octets.hex(bytes[i + 1]) < 0 || Octets.hex(bytes[i + 2]) < 0) {
                    return -1;
                }
                i += 2;
            }
        }
        return i;
    }

    /** @return behind the closing bracket, or -1 */
    private static int literal(byte[] bytes, int from, int to) {
        int close = from + 1;
        while (close < to && bytes[close] != ']') {
            close++;
        }
        return close < to && isAddress6(bytes, from + 1, close) ? close + 1 : -1;
    }

    /** Eight groups of one to four digits, where one "::" stands for one or more, and IPv4 may stand for the last two. */
    private static boolean isAddress6(byte[] bytes, int from, int to) {
        int groups = 0;
        boolean gap = false;
        int i = from;
        if (to - from >= 2 && bytes[from] == ':' && bytes[from + 1] == ':') {
            gap = true;
            i += 2;
        }
        while (i < to) {
            int end = i;
            while (end < to && Octets.hex(bytes[end]) >= 0) {
                end++;
            }
            if (end < to && bytes[end] == '.') {
                groups += 2;
                return isAddress4(bytes, i, to) && (gap ? groups < 8 : groups == 8);
            }
            if (end == i || end - i > 4 || ++groups > 8) {
                return false;
            }
            if (end == to) {
                break;
            }
            if (bytes[end] != ':' || end + 1 == to) {
                return false;
            }
            i = end + 1;
            if (bytes[i] == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                i++;
            }
        }
        return gap ? groups < 8 : groups == 8;
    }

    private static boolean isAddress4(byte[] bytes, int from, int to) {
        int parts = 0;
        int i = from;
        while (true) {
            int value = 0;
            int end = i;
            while (end < to && end - i < 3 && Octets.isDigit(bytes[end])) {
                value = value * 10 + (bytes[end] - '0');
                end++;
            }
            if (end == i || value > 255 || (end - i > 1 && bytes[i] == '0')) {
                return false;
            }
            parts++;
            if (end == to) {
                return parts == 4;
            }
            if (bytes[end] != '.') {
                return false;
            }
            i = end + 1;
        }
    }

    /** A host kept beyond the buffer it came in, in lower case, to be compared with a Host that comes later. */
    static final class Kept {
        private final byte[] host = new byte[MOST_HOST_BYTES];
        private int length;
        private int port;

        void keep(byte[] bytes, int from, int hostEnd, int withPort) {
            length = hostEnd - from;
            port = withPort;
            for (int i = 0; i < length; i++) {
                host[i] = Octets.lower(bytes[from + i]);
            }
        }

        /** Whether it is the same host and port, where no port means {@code defaultPort}. */
        boolean same(byte[] bytes, int from, int hostEnd, int otherPort, int defaultPort) {
            if (hostEnd - from != length || orElse(otherPort, defaultPort) != orElse(port, defaultPort)) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (Octets.lower(bytes[from + i]) != host[i]) {
                    return false;
                }
            }
            return true;
        }

        private static int orElse(int port, int defaultPort) {
            return port < 0 ? defaultPort : port;
        }
    }
}
