/** Chance chooses the peer, or two of whom the better is taken. */
@NullMarked
package io.sluice.balance.random;

import org.jspecify.annotations.NullMarked;
