/** How many sessions there may be at once, by a key. */
@NullMarked
package io.sluice.stream.limit;

import org.jspecify.annotations.NullMarked;
