package io.sluice.event.linux;

import io.sluice.core.log.IoFault;

/** The error numbers of Linux that are looked at, positive as in errno.h, and what they mean above the driver. */
public final class Errno {
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EINVAL = 22;
    public static final int ENOTDIR = 20;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;
    public static final int EMSGSIZE = 90;
    public static final int ENOBUFS = 105;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ECONNREFUSED = 111;
    public static final int EINPROGRESS = 115;

    private Errno() {}

    /** Any number that is not known is {@link IoFault#OTHER}, 0 is {@link IoFault#NONE}. */
    public static IoFault fault(int errno) {
        return switch (errno) {
            case 0 -> IoFault.NONE;
            case 1, 13 -> IoFault.ACCESS; // EPERM, EACCES
            case 2, ENOTDIR, ENAMETOOLONG -> IoFault.NO_SUCH_FILE; // 2 is ENOENT
            case 12, ENOBUFS -> IoFault.NO_BUFFERS; // ENOMEM, ENOBUFS
            case EINVAL -> IoFault.INVALID;
            case 23, 24 -> IoFault.NO_DESCRIPTORS; // ENFILE, EMFILE
            case ELOOP -> IoFault.TOO_MANY_LINKS;
            case 32 -> IoFault.BROKEN_PIPE;
            case EMSGSIZE -> IoFault.MESSAGE_SIZE;
            case EADDRINUSE -> IoFault.ADDRESS_IN_USE;
            case EADDRNOTAVAIL -> IoFault.ADDRESS_NOT_AVAILABLE;
            case 100 -> IoFault.NET_DOWN;
            case 101 -> IoFault.NET_UNREACHABLE;
            case 103 -> IoFault.CONNECTION_ABORTED;
            case 104 -> IoFault.CONNECTION_RESET;
            case 107 -> IoFault.NOT_CONNECTED;
            case 110 -> IoFault.TIMED_OUT;
            case ECONNREFUSED -> IoFault.REFUSED;
            case 112 -> IoFault.HOST_DOWN;
            case 113 -> IoFault.HOST_UNREACHABLE;
            default -> IoFault.OTHER;
        };
    }
}
