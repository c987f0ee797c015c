/** Peers without an upstream, for trying the arithmetic of a balancer out. */
@NullMarked
package io.sluice.testkit.peers;

import org.jspecify.annotations.NullMarked;
