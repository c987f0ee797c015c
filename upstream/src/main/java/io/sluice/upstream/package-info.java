/** Peers of an upstream and the life of one connection to them. */
@NullMarked
package io.sluice.upstream;

import org.jspecify.annotations.NullMarked;
