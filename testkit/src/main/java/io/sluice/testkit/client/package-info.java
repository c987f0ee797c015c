/** A client that sends whatever bytes a test wants and tells exactly what came back. */
@NullMarked
package io.sluice.testkit.client;

import org.jspecify.annotations.NullMarked;
