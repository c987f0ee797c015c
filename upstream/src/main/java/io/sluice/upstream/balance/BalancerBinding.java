package io.sluice.upstream.balance;

import io.sluice.core.config.Section;
import java.util.Set;
import java.util.function.Function;

/**
 * A balancer that a plugin brought.
 *
 * @param plugin whose it is, for messages
 * @param name what {@code balance} calls it
 * @param maker reads the settings of an upstream's {@code balance} and answers what makes its balancers
 * @param refused what no server of such an upstream may be given
 */
public record BalancerBinding(
        String plugin, String name, Function<Section, Balancer.Factory> maker, Set<ServerOption> refused) {
    public BalancerBinding {
        refused = Set.copyOf(refused);
    }
}
