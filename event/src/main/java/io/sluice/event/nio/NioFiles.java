package io.sluice.event.nio;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens files by the JDK, which can neither open a FIFO without waiting nor ask an open file what it is: the path is looked at before
 * and after. Who may put other files or links into the folder meanwhile can deceive the look; with the epoll driver nobody can.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class NioFiles implements FileOpener {
    /** What the JDK makes the text of a path from and to. */
    private static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /** A file that is replaced at each look is given up after so many. */
    private static final int LOOKS = 4;

    private final NativeAccess memory;
    private IoFault fault = IoFault.NONE;

    NioFiles(NativeAccess memory) {
        this.memory = memory;
    }

    @Override
    public @Nullable OpenFile open(Path file, LinkRule rule) {
        try {
            FileStatus status = look(file, rule);
            return status.kind() == FileKind.REGULAR ? regular(file, rule, status) : new NioFile(memory, null, status);
        } catch (IOException e) {
            fault = NioFault.of(e);
            return null;
        }
    }

    private NioFile regular(Path file, LinkRule rule, FileStatus seen) throws IOException {
        FileStatus before = seen;
        for (int looks = 1; ; looks++) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                FileStatus after = look(file, rule);
                if (after.identity() == before.identity() || looks == LOOKS) {
                    FileStatus opened =
                            new FileStatus(FileKind.REGULAR, channel.size(), after.modifiedSeconds(), after.identity());
                    return new NioFile(memory, channel, opened);
                }
                before = after;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    @Override
    public @Nullable OpenFile open(byte[] path, int length, LinkRule rule) {
        Path file = path(path, length);
        return file == null ? null : open(file, rule);
    }

    @Override
    public @Nullable FileStatus status(Path file, LinkRule rule) {
        try {
            return look(file, rule);
        } catch (IOException e) {
            fault = NioFault.of(e);
            return null;
        }
    }

    @Override
    public @Nullable FileStatus status(byte[] path, int length, LinkRule rule) {
        Path file = path(path, length);
        return file == null ? null : status(file, rule);
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    private @Nullable Path path(byte[] bytes, int length) {
        try {
            return Path.of(new String(bytes, 0, length, PATHS));
        } catch (InvalidPathException e) {
            fault = IoFault.INVALID;
            return null;
        }
    }

    private static FileStatus look(Path file, LinkRule rule) throws IOException {
        if (rule.links() != LinkRule.Links.FOLLOW) {
            checkLinks(file, rule);
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        FileKind kind =
                found.isRegularFile() ? FileKind.REGULAR : found.isDirectory() ? FileKind.DIRECTORY : FileKind.OTHER;
        long identity = Objects.hashCode(found.fileKey());
        return new FileStatus(
                kind, found.size(), Math.floorDiv(found.lastModifiedTime().toMillis(), 1000L), identity);
    }

    private static void checkLinks(Path file, LinkRule rule) throws IOException {
        Path free = Path.of(rule.from());
        int known = !rule.from().isEmpty() && file.startsWith(free) ? free.getNameCount() : 0;
        Path part = file.getRoot();
        for (int i = 0; i < file.getNameCount(); i++) {
            part = part == null ? file.getName(i) : part.resolve(file.getName(i));
            if (i >= known && Files.isSymbolicLink(part) && !isAllowed(part, rule)) {
                throw new FileSystemLoopException(part.toString());
            }
        }
    }

    private static boolean isAllowed(Path link, LinkRule rule) throws IOException {
        return rule.links() == LinkRule.Links.IF_NOT_OWNER
                && Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(link));
    }
}
