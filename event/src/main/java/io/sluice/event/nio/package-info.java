/** The portable driver, on the JDK's channels and selectors. */
@NullMarked
package io.sluice.event.nio;

import org.jspecify.annotations.NullMarked;
