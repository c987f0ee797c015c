/** Time that a test sets by hand. */
@NullMarked
package io.sluice.testkit.time;

import org.jspecify.annotations.NullMarked;
