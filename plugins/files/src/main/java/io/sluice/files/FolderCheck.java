package io.sluice.files;

import java.nio.charset.StandardCharsets;

/** Finds the parts of a name by which a client could leave a folder. */
final class FolderCheck {
    private FolderCheck() {}

    /** Whether a part of the name between slashes is {@code .} or {@code ..}, or a byte of it ends a name of the system. */
    static boolean hasDots(byte[] name, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || name[i] == '/') {
                if (isDots(name, start, i)) {
                    return true;
                }
                start = i + 1;
            } else if (name[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #hasDots}, or a part is empty: what a variable without a value leaves would be the folder of all its values. */
    static boolean isOdd(byte[] name, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (name[i] == '/' && name[i - 1] == '/') {
                return true;
            }
        }
        return hasDots(name, from, to);
    }

    static boolean isOdd(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isOdd(bytes, 0, bytes.length);
    }

    private static boolean isDots(byte[] name, int from, int to) {
        int length = to - from;
        return (length == 1 || length == 2) && name[from] == '.' && name[to - 1] == '.';
    }
}
