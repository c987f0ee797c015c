package io.sluice.core.file;

import io.sluice.core.buffer.OpenFile;
import io.sluice.core.log.IoFault;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens files to read and to send from. Never waits for a FIFO's writer; a directory and whatever is no file is told by its kind. Does
 * wait for the disk where the names on the way are not in memory, as nginx does.
 *
 * <p><b>Thread:</b> the worker's. A plugin gets it by {@code context.service(FileOpener.class)}.
 */
public interface FileOpener {
    /** @return the file, now the caller's to close; or null, and {@link #fault} tells why */
    @Nullable
    OpenFile open(Path file, LinkRule rule);

    /**
     * As {@link #open(Path, LinkRule)}, with a path as the system knows it, which need not be text in any charset.
     *
     * @param path of which the first {@code length} bytes count; one with a zero byte in it is {@link IoFault#INVALID}
     */
    @Nullable
    OpenFile open(byte[] path, int length, LinkRule rule);

    /** What is there, without keeping it open. @return null if nothing is, or it may not be known; {@link #fault} tells why */
    @Nullable
    FileStatus status(Path file, LinkRule rule);

    /** As {@link #status(Path, LinkRule)}, with a path as {@link #open(byte[], int, LinkRule)} takes it. */
    @Nullable
    FileStatus status(byte[] path, int length, LinkRule rule);

    /**
     * Why the last call answered null: {@link IoFault#NO_SUCH_FILE}, {@link IoFault#ACCESS}, {@link IoFault#TOO_MANY_LINKS}, {@link
     * IoFault#NO_DESCRIPTORS} and others.
     */
    IoFault fault();
}
