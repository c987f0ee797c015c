/** Starts the two servers that are compared, asks them, and tells what they use. */
@NullMarked
package io.sluice.bench.server;

import org.jspecify.annotations.NullMarked;
