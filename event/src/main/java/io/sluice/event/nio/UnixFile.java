package io.sluice.event.nio;

import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The file of a unix socket. */
final class UnixFile {
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private UnixFile() {}

    /** Lets those connect whom the bits of chmod name. */
    static void allow(Path path, int mode) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(permissions(mode));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // Declared from the owner's reading, the highest bit, to the others' executing.
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < all.length; i++) {
            if ((mode >> all.length - 1 - i & 1) != 0) {
                granted.add(all[i]);
            }
        }
        return granted;
    }

    /**
     * Removes the file if nobody listens there any more, as a server leaves it that was killed. Anything else, and a socket on which
     * somebody listens, stays.
     */
    static boolean leftoverRemoved(Path path) {
        try {
            if (!isSocket(path)) {
                return false;
            }
            try (SocketChannel somebody = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                return !somebody.isConnected();
            }
        } catch (IOException refused) {
            return NioFault.of(refused) == IoFault.REFUSED && removed(path);
        }
    }

    private static boolean removed(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException stays) {
            return false;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FILE_TYPE) == SOCKET;
        }
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }
}
