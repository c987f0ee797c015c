/** What stands between a socket and the consumer of its connection, one after the other. */
@NullMarked
package io.sluice.core.transport;

import org.jspecify.annotations.NullMarked;
