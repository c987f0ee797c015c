/** The immutable snapshot that a load makes, and a worker's part of it. */
@NullMarked
package io.sluice.core.cycle;

import org.jspecify.annotations.NullMarked;
