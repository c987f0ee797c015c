package io.sluice.core.connection;

/**
 * The right to claim a connection's data slot: who, and with what type. Fixed by name over reloads; compared by identity within one cycle.
 *
 * @param id the consumer's name, which is also its place in the configuration
 * @param type what the data slot holds while it is claimed
 */
public record ConsumerKey<S>(String id, Class<S> type) {
    @Override
    public String toString() {
        return id + " (" + type.getSimpleName() + ")";
    }
}
