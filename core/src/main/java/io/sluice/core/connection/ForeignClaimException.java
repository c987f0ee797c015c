package io.sluice.core.connection;

/** A consumer asked for the data of a connection that another consumer has claimed, or nobody. Names both. */
public final class ForeignClaimException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ForeignClaimException(String wanted, String owner, long number) {
        super(wanted + " asked for the data of connection *" + number + ", which belongs to " + owner);
    }
}
