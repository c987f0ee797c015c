/** Gives the connection of a session to another listening of this process. */
@NullMarked
package io.sluice.stream.pass;

import org.jspecify.annotations.NullMarked;
