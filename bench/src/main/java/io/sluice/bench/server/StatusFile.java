package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Sluice writes of itself once a second when {@code status.file} is set: one line of JSON. The only place that knows
 * how the bytes of slabs in use are had.
 */
public final class StatusFile {

    private static final Pattern SLAB_BYTES = Pattern.compile("\"slabBytesInUse\"\\s*:\\s*(\\d+)");
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_NANOS = 20_000_000;

    private StatusFile() {}

    public static Path in(Path folder) {
        return folder.resolve("status.json");
    }

    /** Of a file that was written after this call began. */
    public static long slabBytes(Path folder) {
        Path file = in(folder);
        FileTime before = modified(file);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (modified(file).compareTo(before) > 0) {
                Matcher found = SLAB_BYTES.matcher(ProcFile.read(file.toString()));
                // A file that is just being written may have no number yet.
                if (found.find()) {
                    return Long.parseLong(found.group(1));
                }
            }
        }
        throw new BenchException("no new \"slabBytesInUse\" in " + file + " within 10 s");
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException notYet) {
            return FileTime.fromMillis(0);
        }
    }
}
