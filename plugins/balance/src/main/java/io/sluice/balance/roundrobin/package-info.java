/** The peers take turns by their weights. */
@NullMarked
package io.sluice.balance.roundrobin;

import org.jspecify.annotations.NullMarked;
