package io.sluice.files.listing;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What is in a folder under one name.
 *
 * @param name bytes as the system has them, in no known charset
 * @param modifiedSeconds since 1970
 */
record Entry(byte[] name, Kind kind, long sizeBytes, long modifiedSeconds) {
    /** What a link leads to counts, if it leads to anything. */
    enum Kind {
        DIRECTORY("directory"),
        FILE("file"),
        OTHER("other");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As in JSON. */
        String text() {
            return text;
        }
    }

    /** Folders first, then by the bytes of the names (ngx_http_autoindex_cmp_entries). */
    static final Comparator<Entry> ORDER = Comparator.comparing((Entry entry) -> entry.kind != Kind.DIRECTORY)
            .thenComparing(Entry::name, Arrays::compareUnsigned);
}
