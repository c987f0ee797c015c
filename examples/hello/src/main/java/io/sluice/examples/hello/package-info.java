/** A greeting at an HTTP location. */
@NullMarked
package io.sluice.examples.hello;

import org.jspecify.annotations.NullMarked;
