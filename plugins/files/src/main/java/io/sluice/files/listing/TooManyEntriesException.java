package io.sluice.files.listing;

import java.io.IOException;

/** A folder has more entries than {@code autoindex.max-entries}. */
public final class TooManyEntriesException extends IOException {
    private static final long serialVersionUID = 1;

    TooManyEntriesException(int most) {
        super("more than " + most + " entries (autoindex.max-entries)");
    }
}
