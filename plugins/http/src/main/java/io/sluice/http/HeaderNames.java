package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.HeaderLine;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.KnownHeaders;
import io.sluice.http.parse.Token;
import java.nio.charset.StandardCharsets;

/** Bytes that head lines are made of. */
final class HeaderNames {
    static final byte[] COLON_SPACE = {':', ' '};
    static final byte[] LINE_END = {'\r', '\n'};
    static final byte[] TEXT_PLAIN = "text/plain".getBytes(StandardCharsets.US_ASCII);

    /** Largest piece in which a heap array is copied out. */
    static final int PIECE = 16 * 1024;

    private static final String PATH_MARKS = "/-._~!$&'()*+,;=:@";

    /** By ordinal. */
    static final boolean[] HOP_BY_HOP = hopByHop();

    private HeaderNames() {}

    private static boolean[] hopByHop() {
        HeaderName[] names = HeaderName.values();
        boolean[] found = new boolean[names.length];
        for (HeaderName name : names) {
            found[name.ordinal()] = name.hopByHop();
        }
        return found;
    }

    static int id(String name) {
        return KnownHeaders.STANDARD.idOf(name);
    }

    /** A plugin that puts a line end into a header would let its caller write the response. */
    static void check(byte[] name, byte[] value) {
        if (!Token.is(name, 0, name.length)) {
            throw new IllegalArgumentException("a header's name is a token");
        }
        if (!HeaderLine.isValue(value, 0, value.length)) {
            throw new IllegalArgumentException("a header's value has no control characters");
        }
    }

    /** A byte of a decoded path, as it may stand in a target (RFC 3986, 3.3). */
    static void putEscaped(Buf to, byte b) {
        boolean plain = (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > 0 && PATH_MARKS.indexOf(b) >= 0);
        if (plain) {
            to.put(b);
        } else {
            to.put((byte) '%');
            to.put((byte) Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)));
            to.put((byte) Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
        }
    }

    /** Whether a name, given in lower case, stands at a place, in letters of any case. */
    static boolean is(Buf in, int at, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = in.get(at + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }
}
