/** Brings ranges of files into memory on threads that may wait for the disk. */
@NullMarked
package io.sluice.event.load;

import org.jspecify.annotations.NullMarked;
