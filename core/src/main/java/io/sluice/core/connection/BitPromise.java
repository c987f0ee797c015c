package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/** A buffered bit that was asked for in configure and has its value once all plugins have asked. */
public final class BitPromise {
    private final String name;
    private @Nullable BufferedBit bit;

    BitPromise(String name) {
        this.name = name;
    }

    void keep(BufferedBit assigned) {
        bit = assigned;
    }

    boolean isKept() {
        return bit != null;
    }

    /** @throws IllegalStateException while plugins are still being configured */
    public BufferedBit get() {
        BufferedBit assigned = bit;
        if (assigned == null) {
            throw new IllegalStateException("the buffered bit " + name + " has no value before the cycle is built");
        }
        return assigned;
    }
}
