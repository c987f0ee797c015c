package io.sluice.sticky.cookie;

import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.sticky.StickyRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An attribute with a value, as {@code ; Path=/}, which is always the same, or a text that is asked of each request. Immutable.
 *
 * @param begin up to the value; all of it if it is always the same
 * @param text index of the text, or {@link #CONSTANT}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attribute(byte[] begin, int text) {
    /** For who has no text. */
    static final int CONSTANT = -1;

    /** A longer value is left out. */
    private static final int MOST_VALUE_BYTES = 1024;

    private static final Attribute ABSENT = new Attribute(new byte[0], CONSTANT);

    /** @param index of its text, if it needs one */
    static Attribute of(String name, Optional<String> value, int index) {
        if (value.isEmpty()) {
            return ABSENT;
        }
        String begin = "; " + name + "=";
        return CookieSettings.isConstant(value.get())
                ? new Attribute(ascii(begin + value.get()), CONSTANT)
                : new Attribute(ascii(begin), index);
    }

    /** A value that cannot stand in a cookie is left out with its name: it may come from the client. */
    void put(StickyRequest request, BytesSink out) {
        if (text == CONSTANT) {
            out.put(begin);
            return;
        }
        BytesSink value = request.text(text);
        if (isUsable(value)) {
            out.put(begin);
            out.put(value.array(), 0, value.count());
        }
    }

    private static boolean isUsable(BytesSink value) {
        for (int i = 0; i < value.count(); i++) {
            if (!CookieSettings.isOfAttribute(value.array()[i])) {
                return false;
            }
        }
        return !value.isEmpty() && value.count() <= MOST_VALUE_BYTES;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
