/** Fuzz entries in an ordinary test. */
@NullMarked
package io.sluice.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
