/** A server whose behaviour on each connection a test writes down, good or bad. */
@NullMarked
package io.sluice.testkit.origin;

import org.jspecify.annotations.NullMarked;
