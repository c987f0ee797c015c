/** The peer that serves the fewest requests for its weight. */
@NullMarked
package io.sluice.balance.leastconn;

import org.jspecify.annotations.NullMarked;
