/** Rules of the design that the compiler does not know. */
@NullMarked
package io.sluice.launcher.architecture;

import org.jspecify.annotations.NullMarked;
