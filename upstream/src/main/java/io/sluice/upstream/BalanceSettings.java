package io.sluice.upstream;

import io.sluice.core.config.Shorthand;
import java.util.Optional;

/**
 * The group {@code balance} of an upstream, as far as it is the same for all balancers; a balancer reads what is its own
 * from the same place.
 *
 * @param method the name of a balancer
 * @param key what requests are balanced by, with variables of the consumer
 */
record BalanceSettings(@Shorthand String method, Optional<String> key) {}
