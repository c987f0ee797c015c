/** Passes requests of HTTP clients to peers of an upstream and their answers back. */
@NullMarked
package io.sluice.proxy;

import org.jspecify.annotations.NullMarked;
