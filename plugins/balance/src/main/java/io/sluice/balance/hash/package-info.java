/** The same key finds the same peer. */
@NullMarked
package io.sluice.balance.hash;

import org.jspecify.annotations.NullMarked;
