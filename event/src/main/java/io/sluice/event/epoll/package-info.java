/** The driver for Linux: epoll, edge-triggered, with as few system calls as the work allows. */
@NullMarked
package io.sluice.event.epoll;

import org.jspecify.annotations.NullMarked;
