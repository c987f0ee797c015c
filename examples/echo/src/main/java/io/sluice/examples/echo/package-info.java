/** An echo server in one class. */
@NullMarked
package io.sluice.examples.echo;

import org.jspecify.annotations.NullMarked;
