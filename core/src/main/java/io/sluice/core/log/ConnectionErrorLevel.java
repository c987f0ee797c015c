package io.sluice.core.log;

/**
 * How grave it is that a connection failed: depends on whose connection it is (ngx_connection.h, ngx_connection_error).
 * The connections of clients are {@link #INFO}, those to peers {@link #ERR}.
 */
public enum ConnectionErrorLevel {
    /** Nobody has said; every fault is worth a look. */
    ALERT,
    ERR,
    INFO,
    /** As {@link #INFO}, but a reset says nothing: a client may drop an idle keepalive connection as it likes. */
    IGNORE_ECONNRESET,
    /** As {@link #INFO}, but an invalid argument says nothing: some systems answer so for a socket already reset. */
    IGNORE_EINVAL,
    /** As {@link #INFO}, but a message too long says nothing: a probe of the path's MTU. */
    IGNORE_EMSGSIZE;

    /** Whether the fault is not an error at all here: it is not logged and counts as the end of the stream. */
    public boolean ignores(IoFault fault) {
        return switch (this) {
            case IGNORE_ECONNRESET -> fault == IoFault.CONNECTION_RESET;
            case IGNORE_EINVAL -> fault == IoFault.INVALID;
            case IGNORE_EMSGSIZE -> fault == IoFault.MESSAGE_SIZE;
            case ALERT, ERR, INFO -> false;
        };
    }

    /** The level of a fault that is not {@linkplain #ignores ignored}. */
    public LogLevel levelFor(IoFault fault) {
        return switch (fault) {
            case NONE,
                    CONNECTION_RESET,
                    BROKEN_PIPE,
                    NOT_CONNECTED,
                    TIMED_OUT,
                    REFUSED,
                    NET_DOWN,
                    NET_UNREACHABLE,
                    HOST_DOWN,
                    HOST_UNREACHABLE -> levelForExpected();
            case CONNECTION_ABORTED,
                    INVALID,
                    MESSAGE_SIZE,
                    NO_DESCRIPTORS,
                    NO_BUFFERS,
                    ADDRESS_IN_USE,
                    ADDRESS_NOT_AVAILABLE,
                    ACCESS,
                    NO_SUCH_FILE,
                    TOO_MANY_LINKS,
                    OTHER -> LogLevel.ALERT;
        };
    }

    /** The level at which a failing close of the socket is told (ngx_close_connection). */
    public LogLevel levelForFailedClose(IoFault fault) {
        if (fault != IoFault.CONNECTION_RESET && fault != IoFault.NOT_CONNECTED) {
            return LogLevel.CRIT;
        }
        return switch (this) {
            case INFO -> LogLevel.INFO;
            case ERR -> LogLevel.ERR;
            case ALERT, IGNORE_ECONNRESET, IGNORE_EINVAL, IGNORE_EMSGSIZE -> LogLevel.CRIT;
        };
    }

    private LogLevel levelForExpected() {
        return switch (this) {
            case ALERT, ERR -> LogLevel.ERR;
            case INFO, IGNORE_ECONNRESET, IGNORE_EINVAL, IGNORE_EMSGSIZE -> LogLevel.INFO;
        };
    }
}
