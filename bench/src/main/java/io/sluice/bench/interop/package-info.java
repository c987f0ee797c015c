/** Asks Sluice and nginx the same for the same files and lists where their answers differ. */
@NullMarked
package io.sluice.bench.interop;

import org.jspecify.annotations.NullMarked;
