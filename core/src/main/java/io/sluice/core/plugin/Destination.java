package io.sluice.core.plugin;

import io.sluice.core.connection.Address;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a consumer will pass connections that it has.
 *
 * @param any addresses of which one is enough, as those of a name
 * @param problem takes what is wrong with it
 */
public record Destination(List<Address> any, Consumer<String> problem) {
    public Destination {
        any = List.copyOf(any);
    }
}
