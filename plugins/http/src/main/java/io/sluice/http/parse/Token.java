package io.sluice.http.parse;

/** A word such as a method or the name of a header (RFC 9110, 5.6.2). */
public final class Token {
    /** What it may have beside letters and digits. */
    public static final String MARKS = "!#$%&'*+-.^_`|~";

    private static final boolean[] PARTS = new boolean[256];

    static {
        for (int c = 0; c < 128; c++) {
            PARTS[c] = Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0;
        }
    }

    private Token() {}

    /** Whether a token may have it. */
    public static boolean has(byte b) {
        return PARTS[b & 0xff];
    }

    /** Whether {@code bytes[from, to)} is one; nothing is none. */
    public static boolean is(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!PARTS[bytes[i] & 0xff]) {
                return false;
            }
        }
        return from < to;
    }

    /** As {@link #is(byte[], int, int)}. */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PARTS.length || !PARTS[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
