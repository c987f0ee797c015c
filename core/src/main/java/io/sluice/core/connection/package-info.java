/** Connections: preallocated slots behind handles, who owns their data, and how they end. */
@NullMarked
package io.sluice.core.connection;

import org.jspecify.annotations.NullMarked;
