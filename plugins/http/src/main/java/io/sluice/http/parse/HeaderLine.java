package io.sluice.http.parse;

import org.jspecify.annotations.Nullable;

/**
 * What a header line may be made of that we send (RFC 9110, 5.1 and 5.5). A line end in a value would let whoever chose the value write the
 * rest of the message.
 */
public final class HeaderLine {
    private HeaderLine() {}

    /** What is wrong with a header that a configuration asks for, or null. */
    public static @Nullable String fault(String name, String value) {
        if (!Token.is(name)) {
            return "\"" + printable(name) + "\" cannot be the name of a header";
        }
        return isValue(value) ? null : "the value of " + name + " has a control character";
    }

    /** Whether {@code bytes[from, to)} has no control character but HTAB. */
    public static boolean isValue(byte[] bytes, int from, int to) {
        return Octets.control(bytes, from, to) == to;
    }

    /** As {@link #isValue(byte[], int, int)}. */
    public static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isControl(char c) {
        return c < 0x80 && Octets.isControl((byte) c);
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(isControl(c) ? '?' : c);
        }
        return out.toString();
    }
}
