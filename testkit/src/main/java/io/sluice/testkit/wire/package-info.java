/** Raw bytes over a socket, where each wait has a deadline. */
@NullMarked
package io.sluice.testkit.wire;

import org.jspecify.annotations.NullMarked;
