package io.sluice.files.cache;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that a test makes, changes and takes away, with a count of what the cache asks for. */
final class Disk implements FileOpener {
    final Map<String, FileStatus> files = new HashMap<>();
    final Map<String, IoFault> faults = new HashMap<>();
    final List<Opened> opened = new ArrayList<>();
    int opens;
    int looks;
    private long nextIdentity = 1;
    private IoFault fault = IoFault.NONE;

    void put(String name, long size, long modified) {
        files.put(name, new FileStatus(FileKind.REGULAR, size, modified, nextIdentity++));
    }

    /** The same file, changed in its place. */
    void change(String name, long size, long modified) {
        FileStatus known = files.get(name);
        files.put(name, new FileStatus(known.kind(), size, modified, known.identity()));
    }

    void folder(String name) {
        files.put(name, new FileStatus(FileKind.DIRECTORY, 4096, 1, nextIdentity++));
    }

    long openNow() {
        return opened.stream().filter(file -> !file.closed).count();
    }

    @Override
    public @Nullable OpenFile open(byte[] path, int length, LinkRule rule) {
        opens++;
        FileStatus status = find(path, length);
        if (status == null) {
            return null;
        }
        Opened file = new Opened(status);
        if (status.kind() == FileKind.REGULAR) {
            opened.add(file);
        }
        return file;
    }

    @Override
    public @Nullable FileStatus status(byte[] path, int length, LinkRule rule) {
        looks++;
        return find(path, length);
    }

    private @Nullable FileStatus find(byte[] path, int length) {
        String name = new String(path, 0, length, StandardCharsets.ISO_8859_1);
        IoFault wrong = faults.get(name);
        FileStatus found = files.get(name);
        fault = wrong != null ? wrong : found == null ? IoFault.NO_SUCH_FILE : IoFault.NONE;
        return wrong != null ? null : found;
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public @Nullable OpenFile open(Path file, LinkRule rule) {
        throw new AssertionError("the cache knows bytes only");
    }

    @Override
    public @Nullable FileStatus status(Path file, LinkRule rule) {
        throw new AssertionError("the cache knows bytes only");
    }

    /** One descriptor. */
    static final class Opened implements OpenFile {
        private final FileStatus status;
        boolean closed;

        Opened(FileStatus status) {
            this.status = status;
        }

        @Override
        public FileKind kind() {
            return status.kind();
        }

        @Override
        public long size() {
            return status.sizeBytes();
        }

        @Override
        public long modifiedSeconds() {
            return status.modifiedSeconds();
        }

        @Override
        public long identity() {
            return status.identity();
        }

        @Override
        public int read(Buf into, long position) {
            throw new AssertionError("the cache does not read");
        }

        @Override
        public boolean isLoaded(long position, long bytes) {
            throw new AssertionError("the cache does not read");
        }

        @Override
        public boolean load(long position, long bytes) {
            throw new AssertionError("the cache does not read");
        }

        @Override
        public void close() {
            if (closed) {
                throw new AssertionError("closed twice");
            }
            closed = true;
        }
    }
}
