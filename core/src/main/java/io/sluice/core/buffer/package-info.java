/** Off-heap bytes with an owner, a bound and an epoch. */
@NullMarked
package io.sluice.core.buffer;

import org.jspecify.annotations.NullMarked;
