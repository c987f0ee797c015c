package io.sluice.gzip;

/** Compares ASCII in bytes with words in lower case, letters of both cases being the same. */
final class Words {
    private Words() {}

    static boolean same(byte[] bytes, int from, int to, byte[] lowerCase) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(bytes[from + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the word occurs anywhere. */
    static boolean contains(byte[] bytes, int from, int to, byte[] lowerCase) {
        for (int at = from; at <= to - lowerCase.length; at++) {
            if (same(bytes, at, at + lowerCase.length, lowerCase)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the word is an element of a comma-separated list of tokens. */
    static boolean lists(byte[] bytes, int from, int to, byte[] lowerCase) {
        int begin = from;
        for (int at = from; at <= to; at++) {
            if (at == to || bytes[at] == ',') {
                int end = at;
                while (begin < end && isBlank(bytes[begin])) {
                    begin++;
                }
                while (begin < end && isBlank(bytes[end - 1])) {
                    end--;
                }
                if (same(bytes, begin, end, lowerCase)) {
                    return true;
                }
                begin = at + 1;
            }
        }
        return false;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }
}
