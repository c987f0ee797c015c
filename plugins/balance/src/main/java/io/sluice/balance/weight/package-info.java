/** What balancers compute with the weights of peers. */
@NullMarked
package io.sluice.balance.weight;

import org.jspecify.annotations.NullMarked;
