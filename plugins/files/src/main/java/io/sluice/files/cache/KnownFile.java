package io.sluice.files.cache;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file, with the file itself while it is open. Who got one from {@link FileCache#open} gives it back, once.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class KnownFile {
    private static final byte[] NO_NAME = {};

    // ---- its place in the table; of nobody else's business
    final byte[] name;
    final int hash;

    @Nullable
    KnownFile nextInBucket;

    @Nullable
    KnownFile newer;

    @Nullable
    KnownFile older;

    // ---- what the cache decides by
    LinkRule rule;
    IoFault fault = IoFault.NONE;
    int users;
    int uses;
    long checkedNanos;
    long usedNanos;

    /** Not in the table (any more): closed with its last user. */
    boolean alone;

    private FileKind kind = FileKind.OTHER;
    private long size;
    private long modifiedSeconds;
    private long identity;
    private byte @Nullable [] entityTag;
    private @Nullable OpenFile file;

    /** @param name its own copy, which nobody changes; null for one that is never looked for again */
    KnownFile(byte @Nullable [] name, int hash, LinkRule rule) {
        this.name = name == null ? NO_NAME : name;
        this.hash = hash;
        this.rule = rule;
        this.alone = name == null;
    }

    public FileKind kind() {
        return kind;
    }

    public long size() {
        return size;
    }

    public long modifiedSeconds() {
        return modifiedSeconds;
    }

    /** As in the header; made once, lent. */
    public byte[] entityTag() {
        byte[] made = entityTag;
        if (made == null) {
            made = EntityTag.of(modifiedSeconds, size);
            entityTag = made;
        }
        return made;
    }

    /** @throws IllegalStateException if it is not open: it is no regular file, or was not got from {@link FileCache#open} */
    public OpenFile file() {
        OpenFile open = file;
        if (open == null) {
            throw new IllegalStateException("the file is not open");
        }
        return open;
    }

    boolean isOpen() {
        return file != null;
    }

    boolean isSame(FileKind otherKind, long otherIdentity) {
        return kind == otherKind && identity == otherIdentity && identity != 0;
    }

    /** Takes an open file with what it says of itself; of what is no regular file nothing stays open. */
    void holds(OpenFile open) {
        fault = IoFault.NONE;
        kind = open.kind();
        identity = open.identity();
        describe(open.size(), open.modifiedSeconds());
        if (kind == FileKind.REGULAR) {
            file = open;
        } else {
            open.close();
        }
    }

    void describe(long newSize, long newModifiedSeconds) {
        if (size != newSize || modifiedSeconds != newModifiedSeconds) {
            size = newSize;
            modifiedSeconds = newModifiedSeconds;
            entityTag = null;
        }
    }

    void close() {
        OpenFile open = file;
        if (open != null) {
            file = null;
            open.close();
        }
    }
}
