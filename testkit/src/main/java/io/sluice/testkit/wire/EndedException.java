package io.sluice.testkit.wire;

import java.io.IOException;

/** The other side ended the connection before all of what was asked for had come or gone. */
public final class EndedException extends IOException {

    private static final long serialVersionUID = 1;

    private final Ending ending;

    EndedException(Ending ending, String wanted, String got) {
        super("wanted " + wanted + ", but the peer " + (ending == Ending.RESET ? "reset" : "closed") + " after " + got);
        this.ending = ending;
    }

    /** CLOSED or RESET. */
    public Ending ending() {
        return ending;
    }
}
