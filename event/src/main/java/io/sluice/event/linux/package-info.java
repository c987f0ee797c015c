/** Linux by its C library: system calls, the layouts they read and write, signals and limits. */
@NullMarked
package io.sluice.event.linux;

import org.jspecify.annotations.NullMarked;
