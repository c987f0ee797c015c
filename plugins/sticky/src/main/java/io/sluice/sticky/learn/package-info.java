/** A session of the application is remembered with the server that began it. */
@NullMarked
package io.sluice.sticky.learn;

import org.jspecify.annotations.NullMarked;
