/** The seam between the loop and what the operating system offers: a driver and its sockets. */
@NullMarked
package io.sluice.event.spi;

import org.jspecify.annotations.NullMarked;
