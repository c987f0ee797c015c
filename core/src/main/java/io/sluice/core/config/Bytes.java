package io.sluice.core.config;

/**
 * A size in bytes, written as typesafe-config reads sizes: {@code 8k} and {@code 8KiB} are 8192, {@code 8kB} is 8000.
 *
 * @param count never negative
 */
public record Bytes(long count) {

    /** Refuses a negative count. */
    public Bytes {
        if (count < 0) {
            throw new IllegalArgumentException("a size is not negative: " + count);
        }
    }
}
