package io.sluice.core.log;

/** Why an operation on a socket failed, whatever the driver. Numbers and texts are Linux's, as nginx prints them. */
public enum IoFault {
    /** Nothing failed. */
    NONE(0, ""),
    CONNECTION_RESET(104, "Connection reset by peer"),
    CONNECTION_ABORTED(103, "Software caused connection abort"),
    BROKEN_PIPE(32, "Broken pipe"),
    NOT_CONNECTED(107, "Transport endpoint is not connected"),
    TIMED_OUT(110, "Connection timed out"),
    REFUSED(111, "Connection refused"),
    NET_DOWN(100, "Network is down"),
    NET_UNREACHABLE(101, "Network is unreachable"),
    HOST_DOWN(112, "Host is down"),
    HOST_UNREACHABLE(113, "No route to host"),
    INVALID(22, "Invalid argument"),
    MESSAGE_SIZE(90, "Message too long"),
    /** EMFILE or ENFILE. */
    NO_DESCRIPTORS(24, "Too many open files"),
    NO_BUFFERS(105, "No buffer space available"),
    ADDRESS_IN_USE(98, "Address already in use"),
    ADDRESS_NOT_AVAILABLE(99, "Cannot assign requested address"),
    ACCESS(13, "Permission denied"),
    NO_SUCH_FILE(2, "No such file or directory"),
    /** ELOOP: also a symbolic link where none is allowed. */
    TOO_MANY_LINKS(40, "Too many levels of symbolic links"),
    /** None of these; the driver has told more at the place where it happened. */
    OTHER(0, "Unknown error");

    private final int errno;
    private final String text;

    IoFault(int errno, String text) {
        this.errno = errno;
        this.text = text;
    }

    /** Linux's number, or 0 where there is no single one. */
    public int errno() {
        return errno;
    }

    public String text() {
        return text;
    }

    /** {@code  (104: Connection reset by peer)}, or nothing for {@link #NONE}. */
    void appendTo(LogLine line) {
        if (this == NONE) {
            return;
        }
        line.append(" (");
        if (errno != 0) {
            line.append(errno).append(": ");
        }
        line.append(text).append(')');
    }
}
