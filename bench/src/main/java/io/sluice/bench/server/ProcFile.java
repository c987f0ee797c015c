package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the kernel's files on processes and on the machine. */
public final class ProcFile {

    private ProcFile() {}

    public static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException failed) {
            throw new BenchException("cannot read " + path + ": " + failed.getMessage(), failed);
        }
    }

    /** What follows the key on the first line that begins with it. */
    public static String value(String path, String key) {
        for (String line : read(path).lines().toList()) {
            if (line.startsWith(key)) {
                return line.substring(key.length()).replaceFirst("^[\\s:]*", "").strip();
            }
        }
        throw new BenchException("no " + key + " in " + path);
    }
}
