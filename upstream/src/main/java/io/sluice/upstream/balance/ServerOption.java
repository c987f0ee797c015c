package io.sluice.upstream.balance;

/** What a server of an upstream may be given and not every balancer can respect. */
public enum ServerOption {
    /** {@code backup}: a second group that is asked when the first is busy. */
    BACKUP("backup"),
    /** {@code slow-start}: less weight for a while after it came back. */
    SLOW_START("slow-start");

    private final String key;

    ServerOption(String key) {
        this.key = key;
    }

    /** The setting. */
    public String key() {
        return key;
    }
}
