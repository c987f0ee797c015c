/** A driver without sockets, whose other side is the test, and whole servers that are stepped by it in one thread. */
@NullMarked
package io.sluice.testkit.driver;

import org.jspecify.annotations.NullMarked;
