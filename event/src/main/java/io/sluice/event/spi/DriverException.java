package io.sluice.event.spi;

import io.sluice.core.log.IoFault;

/** The system refused what a driver cannot work without. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IoFault fault;

    /** @param operation what was refused, as {@code epoll_create1()} */
    public DriverException(String operation, IoFault fault) {
        super(operation + " failed (" + (fault.errno() == 0 ? "" : fault.errno() + ": ") + fault.text() + ")");
        this.fault = fault;
    }

    public IoFault fault() {
        return fault;
    }
}
