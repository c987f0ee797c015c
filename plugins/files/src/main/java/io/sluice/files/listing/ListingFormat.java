package io.sluice.files.listing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a list of a folder is written. */
public enum ListingFormat {
    HTML("text/html; charset=utf-8") {
        @Override
        byte[] write(String path, List<Entry> entries, ListingStyle style) {
            return HtmlListing.of(path, entries, style);
        }
    },
    JSON("application/json") {
        @Override
        byte[] write(String path, List<Entry> entries, ListingStyle style) {
            return JsonListing.of(entries);
        }
    };

    private final String type;

    ListingFormat(String type) {
        this.type = type;
    }

    /** Value of Content-Type; the caller's. */
    public byte[] type() {
        return type.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param path of the folder as it was asked for, to be read */
    abstract byte[] write(String path, List<Entry> entries, ListingStyle style);
}
