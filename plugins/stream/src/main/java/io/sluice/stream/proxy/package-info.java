/** Passes the bytes of a session to a peer and back. */
@NullMarked
package io.sluice.stream.proxy;

import org.jspecify.annotations.NullMarked;
