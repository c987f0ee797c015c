/** How much there is to read in a plugin. */
@NullMarked
package io.sluice.testkit.source;

import org.jspecify.annotations.NullMarked;
