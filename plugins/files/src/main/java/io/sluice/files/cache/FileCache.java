package io.sluice.files.cache;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import io.sluice.core.time.CachedTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens files, and keeps them open from request to request if it is allowed to (ngx_open_file_cache.c). What is known of a file holds
 * for {@code valid}; then the system is asked whether its name still means the same one.
 *
 * <p><b>Owns</b> every open file. One that was replaced, or had to make room, is closed when its last user has given it back.
 * <p><b>Thread:</b> the worker's.
 */
public final class FileCache implements AutoCloseable {
    /** What is looked at for being inactive with each opening, so that none takes long. */
    private static final int EXPIRED_AT_ONCE = 2;

    private final FileOpener opener;
    private final CachedTime time;
    private final @Nullable FileTable table;
    private final long inactiveNanos;
    private final long validNanos;
    private final int minUses;
    private final boolean errors;
    private IoFault fault = IoFault.NONE;

    /** @param seed for the table's hash */
    public FileCache(CacheSettings settings, FileOpener opener, CachedTime time, long seed) {
        this.opener = opener;
        this.time = time;
        this.table = settings.max() == 0 ? null : new FileTable(settings.max(), seed);
        this.inactiveNanos = settings.inactive().toNanos();
        this.validNanos = settings.valid().toNanos();
        this.minUses = settings.minUses();
        this.errors = settings.errors();
    }

    /**
     * @param name of which the first {@code length} bytes count; not kept
     * @return what is there, open if it is a regular file, to be given back by {@link #release}; or null, and {@link #fault} tells why
     */
    public @Nullable KnownFile open(byte[] name, int length, LinkRule rule) {
        FileTable known = table;
        KnownFile found = known == null ? alone(name, length, rule) : kept(known, name, length, rule);
        if (found != null) {
            found.users++;
        }
        return found;
    }

    /** What is there, without opening it unless it is going to be kept. @return null if nothing is; {@link #fault} tells why */
    public @Nullable FileKind kind(byte[] name, int length, LinkRule rule) {
        if (table != null) {
            KnownFile found = open(name, length, rule);
            if (found == null) {
                return null;
            }
            FileKind kind = found.kind();
            release(found);
            return kind;
        }
        FileStatus status = opener.status(name, length, rule);
        if (status == null) {
            fault = opener.fault();
            return null;
        }
        return status.kind();
    }

    /** Why the last call answered null. */
    public IoFault fault() {
        return fault;
    }

    /** Takes a file back. */
    public void release(KnownFile file) {
        if (--file.users > 0) {
            return;
        }
        FileTable known = table;
        if (file.alone || known == null) {
            file.close();
            return;
        }
        file.usedNanos = time.nanos();
        known.touch(file);
        if (file.uses < minUses) {
            // Only what is known of it stays.
            file.close();
        }
    }

    /** Files known now. */
    public int size() {
        return table == null ? 0 : table.size();
    }

    /** Closes all files but those in use, which are closed when they are given back. */
    @Override
    public void close() {
        FileTable known = table;
        if (known != null) {
            for (KnownFile file = known.oldest(); file != null; file = known.oldest()) {
                forget(known, file);
            }
        }
    }

    private @Nullable KnownFile alone(byte[] name, int length, LinkRule rule) {
        OpenFile opened = opened(name, length, rule);
        if (opened == null) {
            return null;
        }
        KnownFile made = new KnownFile(null, 0, rule);
        made.holds(opened);
        return made;
    }

    private @Nullable OpenFile opened(byte[] name, int length, LinkRule rule) {
        OpenFile opened = opener.open(name, length, rule);
        if (opened == null) {
            fault = opener.fault();
        }
        return opened;
    }

    private @Nullable KnownFile kept(FileTable known, byte[] name, int length, LinkRule rule) {
        long now = time.nanos();
        int hash = known.hash(name, length);
        KnownFile file = known.find(hash, name, length);
        if (file != null) {
            file.uses++;
            file.usedNanos = now;
            known.touch(file);
            if (!isCurrent(file, name, length, rule, now)) {
                forget(known, file);
                file = null;
            }
        }
        if (file == null) {
            file = added(known, hash, name, length, rule, now);
        }
        expire(known, now);
        if (file == null) {
            return null;
        }
        if (file.fault != IoFault.NONE) {
            fault = file.fault;
            return null;
        }
        return file;
    }

    /** Whether what is known is still so, after asking the system if it is time to. */
    private boolean isCurrent(KnownFile file, byte[] name, int length, LinkRule rule, long now) {
        boolean fresh = now - file.checkedNanos < validNanos && (file.rule == rule || file.rule.equals(rule));
        if (!file.isOpen()) {
            // A regular file that is not open was not asked for often enough: it is opened now.
            return fresh && (file.fault != IoFault.NONE || file.kind() != FileKind.REGULAR || reopened(file, now));
        }
        if (fresh) {
            return true;
        }
        FileStatus status = opener.status(name, length, rule);
        if (status == null || !file.isSame(status.kind(), status.identity())) {
            return false;
        }
        file.describe(status.sizeBytes(), status.modifiedSeconds());
        file.rule = rule;
        file.checkedNanos = now;
        return true;
    }

    private boolean reopened(KnownFile file, long now) {
        OpenFile opened = opener.open(file.name, file.name.length, file.rule);
        if (opened == null) {
            return false;
        }
        file.holds(opened);
        file.checkedNanos = now;
        return true;
    }

    /** Answers null if there is nothing, and that is not kept. */
    private @Nullable KnownFile added(FileTable known, int hash, byte[] name, int length, LinkRule rule, long now) {
        OpenFile opened = opened(name, length, rule);
        if (opened == null && !(errors && isOfTheName(fault))) {
            return null;
        }
        KnownFile oldest = known.oldest();
        if (known.isFull() && oldest != null) {
            forget(known, oldest);
        }
        KnownFile file = new KnownFile(Arrays.copyOf(name, length), hash, rule);
        file.uses = 1;
        file.checkedNanos = now;
        file.usedNanos = now;
        if (opened == null) {
            file.fault = fault;
        } else {
            file.holds(opened);
        }
        known.add(file);
        return file;
    }

    /** Others, as a lack of descriptors, say nothing of what is there. */
    private static boolean isOfTheName(IoFault fault) {
        return fault == IoFault.NO_SUCH_FILE || fault == IoFault.ACCESS || fault == IoFault.TOO_MANY_LINKS;
    }

    private void expire(FileTable known, long now) {
        for (int i = 0; i < EXPIRED_AT_ONCE; i++) {
            KnownFile oldest = known.oldest();
            if (oldest == null || now - oldest.usedNanos <= inactiveNanos) {
                return;
            }
            forget(known, oldest);
        }
    }

    private static void forget(FileTable known, KnownFile file) {
        known.remove(file);
        file.alone = true;
        if (file.users == 0) {
            file.close();
        }
    }
}
