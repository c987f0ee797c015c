/** Workers that wait for readiness and hand it to whoever owns the connection. */
@NullMarked
package io.sluice.event;

import org.jspecify.annotations.NullMarked;
