/** Whole servers for tests: started on free ports, watched, and searched for leaks when they end. */
@NullMarked
package io.sluice.testkit.server;

import org.jspecify.annotations.NullMarked;
