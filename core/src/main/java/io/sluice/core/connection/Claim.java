package io.sluice.core.connection;

/**
 * A consumer's key together with its instance on this worker: what a slot is claimed with.
 *
 * <p><b>Thread:</b> one worker.
 */
public final class Claim<S> {
    private final ConsumerKey<S> key;
    private final Consumer<S> consumer;
    private final ClaimLease lease;

    /** @param lease counts the connections of the cycle that owns the consumer */
    public Claim(ConsumerKey<S> key, Consumer<S> consumer, ClaimLease lease) {
        this.key = key;
        this.consumer = consumer;
        this.lease = lease;
    }

    public ConsumerKey<S> key() {
        return key;
    }

    public Consumer<S> consumer() {
        return consumer;
    }

    ClaimLease lease() {
        return lease;
    }
}
