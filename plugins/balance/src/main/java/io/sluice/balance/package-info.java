/** Ways to choose a peer. */
@NullMarked
package io.sluice.balance;

import org.jspecify.annotations.NullMarked;
