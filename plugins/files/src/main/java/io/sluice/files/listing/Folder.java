package io.sluice.files.listing;

import io.sluice.files.name.PercentEncoding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder and writes its list.
 *
 * <p><b>Thread:</b> any but a worker's: it waits for the disk, once for each entry.
 */
public final class Folder {
    private Folder() {}

    /**
     * What is in it, written; names that begin with a dot are left out, as in nginx.
     *
     * @param name of the folder, bytes as the system takes them
     * @param path of the request, bytes
     * @throws InterruptedIOException if its thread was interrupted
     * @throws TooManyEntriesException if there are more entries than the style allows
     */
    public static byte[] list(byte[] name, byte[] path, ListingStyle style) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(PercentEncoding.path(name, name.length))) {
            for (Path each : stream) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("nobody waits for the list any more");
                }
                Entry entry = entry(each);
                if (entry != null) {
                    if (entries.size() == style.maxEntries()) {
                        throw new TooManyEntriesException(style.maxEntries());
                    }
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Entry.ORDER);
        return style.format().write(NameText.shown(path), entries, style);
    }

    /** Answers null for what is hidden, or gone meanwhile. */
    private static @Nullable Entry entry(Path path) {
        byte[] name = name(path);
        if (name.length == 0 || name[0] == '.') {
            return null;
        }
        BasicFileAttributes found = attributes(path);
        if (found == null) {
            return null;
        }
        Entry.Kind kind =
                found.isDirectory() ? Entry.Kind.DIRECTORY : found.isRegularFile() ? Entry.Kind.FILE : Entry.Kind.OTHER;
        return new Entry(
                name, kind, found.size(), Math.floorDiv(found.lastModifiedTime().toMillis(), 1000L));
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException leadsNowhere) {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException gone) {
                return null;
            }
        }
    }

    /** The bytes of the last name: a path's text has lost those that are not of the charset, its URI has not. */
    private static byte[] name(Path path) {
        String text = String.valueOf(path.getFileName());
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return PercentEncoding.decoded(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end));
    }
}
