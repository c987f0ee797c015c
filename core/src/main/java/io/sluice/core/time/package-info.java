/** The one clock, the one source of chance, and the timers of a worker. */
@NullMarked
package io.sluice.core.time;

import org.jspecify.annotations.NullMarked;
