/** Sluice and nginx under the same load in the same run. */
@NullMarked
package io.sluice.bench.compare;

import org.jspecify.annotations.NullMarked;
