package io.sluice.http.filter;

/**
 * Compares entity tags (RFC 9110, 8.8.3). A list that is not well formed ends where it stops being one.
 *
 * <p><b>Thread:</b> any.
 */
final class EntityTags {
    private EntityTags() {}

    /** Whether {@code bytes[0, length)} is a tag rather than a date. */
    static boolean isTag(byte[] bytes, int length) {
        return length >= 2 && bytes[length - 1] == '"';
    }

    /** Whether a value is {@code *}: anything that exists. */
    static boolean isAny(byte[] value, int length) {
        return length == 1 && value[0] == '*';
    }

    /** Whether a list has a tag, weak ones being equal to strong ones. */
    static boolean hasWeakly(byte[] list, int length, byte[] tag) {
        return has(list, length, tag, true);
    }

    /** Whether a list has a tag; weak ones are equal to none. */
    static boolean hasStrongly(byte[] list, int length, byte[] tag) {
        return has(list, length, tag, false);
    }

    /** Whether a value is just this one tag, and a strong one: a client has one body, so that a list of them says nothing. */
    static boolean isStrongly(byte[] value, int length, byte[] tag) {
        return endOf(value, 0, length) == length && same(value, 0, length, tag, 0);
    }

    private static boolean has(byte[] list, int length, byte[] tag, boolean weakly) {
        int own = isWeak(tag, 0, tag.length) ? 2 : 0;
        if (own != 0 && !weakly) {
            return false;
        }
        int at = 0;
        while (true) {
            while (at < length && (list[at] == ' ' || list[at] == '\t' || list[at] == ',')) {
                at++;
            }
            boolean weak = isWeak(list, at, length);
            int from = weak ? at + 2 : at;
            int to = endOf(list, from, length);
            if (to < 0) {
                return false;
            }
            if ((weakly || !weak) && same(list, from, to, tag, own)) {
                return true;
            }
            at = to;
            while (at < length && (list[at] == ' ' || list[at] == '\t')) {
                at++;
            }
            if (at < length && list[at] != ',') {
                return false;
            }
        }
    }

    private static boolean isWeak(byte[] bytes, int at, int end) {
        return end - at > 2 && bytes[at] == 'W' && bytes[at + 1] == '/';
    }

    /** Behind the closing quote of the tag that begins there; -1 if none does. A comma within quotes parts nothing. */
    private static int endOf(byte[] list, int at, int length) {
        if (at >= length || list[at] != '"') {
            return -1;
        }
        for (int i = at + 1; i < length; i++) {
            if (list[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean same(byte[] list, int from, int to, byte[] tag, int own) {
        if (to - from != tag.length - own) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (list[i] != tag[own + i - from]) {
                return false;
            }
        }
        return true;
    }
}
