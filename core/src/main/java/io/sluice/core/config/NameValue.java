package io.sluice.core.config;

/**
 * One entry of a list in which order and repetition count, as headers are: {@code { name = X-Served-By, value = "$hostname" }}.
 *
 * @param name not empty
 * @param value may be empty
 */
public record NameValue(String name, String value) {

    /** Refuses an empty name. */
    public NameValue {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
    }
}
