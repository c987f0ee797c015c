package io.sluice.http.parse;

/**
 * Turns the path of a target into the path that locations and files are found by, as nginx does with
 * {@code merge_slashes on}: escapes are decoded first, so an escaped slash or dot counts like a plain one; then
 * repeated slashes become one and dot segments are resolved.
 *
 * <p>The result may hold any byte but NUL, also CR and LF: whoever writes it into a header has to escape it.
 *
 * <p><b>Thread:</b> one worker.
 */
public final class UriNormalizer {
    private int end;
    private Fault fault = Fault.NONE;

    public UriNormalizer() {}

    /**
     * Normalizes {@code source[from, to)}, which begins with a slash, into {@code target} from {@code at} on. The
     * result is never longer than the source and may be written over it, at the same place.
     *
     * @return false if the path is refused for {@link #fault()}
     */
    public boolean normalize(byte[] source, int from, int to, byte[] target, int at) {
        fault = Fault.NONE;
        target[at] = '/';
        int out = at + 1;
        int segment = out;
        int i = from + 1;
        while (i < to) {
            byte b = source[i++];
            if (b == '%') {
                int value = escape(source, i, to);
                if (value <= 0) {
                    return bad(value == 0 ? Fault.ESCAPED_NUL : Fault.BAD_ESCAPE);
                }
                b = (byte) value;
                i += 2;
            }
            if (b != '/') {
                target[out++] = b;
                continue;
            }
            int before = out;
            out = close(target, at, segment, out);
            if (out < 0) {
                return bad(Fault.ABOVE_ROOT);
            }
            if (out == before && out > segment) {
                target[out++] = '/';
            }
            segment = out;
        }
        end = close(target, at, segment, out);
        return end >= 0 || bad(Fault.ABOVE_ROOT);
    }

    /** Resolves the segment {@code [segment, out)} if it is of dots. @return where the path now ends, or -1 */
    private static int close(byte[] target, int at, int segment, int out) {
        int length = out - segment;
        if (length == 0 || length > 2 || target[segment] != '.' || target[out - 1] != '.') {
            return out;
        }
        if (length == 1) {
            return segment;
        }
        int parent = segment - 1;
        if (parent == at) {
            return -1;
        }
        while (target[parent - 1] != '/') {
            parent--;
        }
        return parent;
    }

    /** @return the escaped byte, or -1 */
    private static int escape(byte[] source, int at, int to) {
        if (at + 1 >= to) {
            return -1;
        }
        int high = Octets.hex(source[at]);
        int low = Octets.hex(source[at + 1]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private boolean bad(Fault why) {
        fault = why;
        return false;
    }

    /** Where the normalized path ends in the target. */
    public int end() {
        return end;
    }

    /** @return {@link Fault#NONE} unless the last path was refused */
    public Fault fault() {
        return fault;
    }
}
