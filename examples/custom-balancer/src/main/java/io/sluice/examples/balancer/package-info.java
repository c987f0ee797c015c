/** A balancer that picks by its own rule. */
@NullMarked
package io.sluice.examples.balancer;

import org.jspecify.annotations.NullMarked;
