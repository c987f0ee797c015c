package io.sluice.files.type;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Media types by extension, whose letters may be of any case (ngx_http_set_content_type). Immutable, shared by all workers; asking makes
 * no garbage.
 */
public final class MimeTypes {
    private static final int MULTIPLIER = 31;

    private final byte[] @Nullable [] extensions;
    private final byte[][] types;
    private final byte[] byDefault;
    private final int mask;

    private MimeTypes(int slots, byte[] byDefault) {
        this.extensions = new byte[slots][];
        this.types = new byte[slots][];
        this.mask = slots - 1;
        this.byDefault = byDefault;
    }

    /**
     * @param typeByExtension extensions in lower case, without a dot
     * @param byDefault the type of everything else
     */
    public static MimeTypes of(Map<String, String> typeByExtension, String byDefault) {
        // At most half full, so that a search soon meets a free place.
        int slots = Integer.highestOneBit(Math.max(1, typeByExtension.size()) * 2) * 2;
        MimeTypes made = new MimeTypes(slots, bytes(byDefault));
        typeByExtension.forEach((extension, type) -> made.put(bytes(extension), bytes(type)));
        return made;
    }

    /**
     * The type of what a path names: by what follows the last dot of its last name, unless the name begins with that dot.
     *
     * @return lent, must not be changed
     */
    public byte[] of(byte[] path, int from, int to) {
        int dot = to - 1;
        while (dot > from && path[dot] != '.' && path[dot] != '/') {
            dot--;
        }
        boolean hasExtension = dot > from && path[dot] == '.' && path[dot - 1] != '/' && dot + 1 < to;
        return hasExtension ? find(path, dot + 1, to) : byDefault;
    }

    private byte[] find(byte[] path, int from, int to) {
        int slot = hash(path, from, to) & mask;
        for (byte[] known = extensions[slot]; known != null; known = extensions[slot]) {
            if (same(known, path, from, to)) {
                return types[slot];
            }
            slot = slot + 1 & mask;
        }
        return byDefault;
    }

    private void put(byte[] extension, byte[] type) {
        int slot = hash(extension, 0, extension.length) & mask;
        while (extensions[slot] != null) {
            slot = slot + 1 & mask;
        }
        extensions[slot] = extension;
        types[slot] = type;
    }

    private static boolean same(byte[] known, byte[] path, int from, int to) {
        if (known.length != to - from) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] != lower(path[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * MULTIPLIER + lower(bytes[i]);
        }
        return hash ^ hash >>> 7;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
