/** Sessions of bytes: servers, phases, and what other plugins may add to them. */
@NullMarked
package io.sluice.stream;

import org.jspecify.annotations.NullMarked;
