package io.sluice.sticky.cookie;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether pages of other sites send a cookie along. */
enum SameSite {
    STRICT("Strict"),
    LAX("Lax"),
    NONE("None");

    private static final SameSite[] ALL = values();

    private final String text;

    SameSite(String text) {
        this.text = text;
    }

    /** As it is written in a cookie. */
    String text() {
        return text;
    }

    /** The one that a setting means, or null. */
    static @Nullable SameSite of(String setting) {
        byte[] bytes = setting.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return find(bytes, bytes.length);
    }

    /** The one that a request's value means, letters of any case; the strictest if it means none, as in nginx. */
    static SameSite of(byte[] value, int length) {
        SameSite found = find(value, length);
        return found == null ? STRICT : found;
    }

    private static @Nullable SameSite find(byte[] value, int length) {
        for (SameSite one : ALL) {
            if (one.isNamed(value, length)) {
                return one;
            }
        }
        return null;
    }

    private boolean isNamed(byte[] value, int length) {
        boolean same = length == text.length();
        for (int i = 0; same && i < length; i++) {
            same = (value[i] | 0x20) == (text.charAt(i) | 0x20);
        }
        return same;
    }
}
