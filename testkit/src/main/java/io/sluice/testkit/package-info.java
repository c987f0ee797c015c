/** Scripted stand-ins for sockets, clocks and peers. */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
