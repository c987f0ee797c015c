/** How much garbage code makes. */
@NullMarked
package io.sluice.testkit.heap;

import org.jspecify.annotations.NullMarked;
