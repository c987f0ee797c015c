/** What it costs to choose a peer, without a server around it. */
@NullMarked
package io.sluice.bench.balance;

import org.jspecify.annotations.NullMarked;
