package io.sluice.event.spi;

import io.sluice.core.log.IoFault;

/** A listening socket could not be opened. */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final IoFault fault;

    /** @param operation what was refused, as {@code bind() to 127.0.0.1:80} */
    public ListenException(String operation, IoFault fault) {
        super(operation + " failed (" + (fault.errno() == 0 ? "" : fault.errno() + ": ") + fault.text() + ")");
        this.fault = fault;
    }

    public IoFault fault() {
        return fault;
    }
}
