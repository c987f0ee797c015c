package io.sluice.testkit.driver;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of this machine, read as a whole when they are opened. Links are refused where a rule looks at them, whoever owns them. */
final class ScriptedFiles implements FileOpener {
    private IoFault fault = IoFault.NONE;

    @Override
    public @Nullable OpenFile open(Path file, LinkRule rule) {
        FileStatus status = status(file, rule);
        if (status == null) {
            return null;
        }
        try {
            byte[] content = status.kind() == FileKind.REGULAR ? Files.readAllBytes(file) : new byte[0];
            return new ScriptedFile(content, status);
        } catch (IOException refused) {
            fault = refused instanceof AccessDeniedException ? IoFault.ACCESS : IoFault.NO_SUCH_FILE;
            return null;
        }
    }

    @Override
    public @Nullable OpenFile open(byte[] path, int length, LinkRule rule) {
        Path file = path(path, length);
        return file == null ? null : open(file, rule);
    }

    @Override
    public @Nullable FileStatus status(Path file, LinkRule rule) {
        if (rule.links() != LinkRule.Links.FOLLOW && hasLink(file, rule)) {
            fault = IoFault.TOO_MANY_LINKS;
            return null;
        }
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            FileKind kind = found.isRegularFile()
                    ? FileKind.REGULAR
                    : found.isDirectory() ? FileKind.DIRECTORY : FileKind.OTHER;
            long seconds = Math.floorDiv(found.lastModifiedTime().toMillis(), 1000L);
            return new FileStatus(kind, found.size(), seconds, Objects.hashCode(found.fileKey()));
        } catch (IOException missing) {
            fault = missing instanceof AccessDeniedException ? IoFault.ACCESS : IoFault.NO_SUCH_FILE;
            return null;
        }
    }

    private static boolean hasLink(Path file, LinkRule rule) {
        Path free = Path.of(rule.from());
        int known = !rule.from().isEmpty() && file.startsWith(free) ? free.getNameCount() : 0;
        Path part = file.getRoot();
        for (int i = 0; i < file.getNameCount(); i++) {
            part = part == null ? file.getName(i) : part.resolve(file.getName(i));
            if (i >= known && Files.isSymbolicLink(part)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable FileStatus status(byte[] path, int length, LinkRule rule) {
        Path file = path(path, length);
        return file == null ? null : status(file, rule);
    }

    private @Nullable Path path(byte[] bytes, int length) {
        try {
            return Path.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            fault = IoFault.INVALID;
            return null;
        }
    }

    @Override
    public IoFault fault() {
        return fault;
    }
}
