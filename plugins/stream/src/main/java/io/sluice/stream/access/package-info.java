/** Who may have a session, by address. */
@NullMarked
package io.sluice.stream.access;

import org.jspecify.annotations.NullMarked;
