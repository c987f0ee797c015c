/** A client's network finds the same peer. */
@NullMarked
package io.sluice.balance.iphash;

import org.jspecify.annotations.NullMarked;
