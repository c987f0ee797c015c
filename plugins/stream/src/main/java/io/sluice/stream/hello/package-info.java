/** Reads what clients that speak TLS say first, so that it can decide where they go. */
@NullMarked
package io.sluice.stream.hello;

import org.jspecify.annotations.NullMarked;
