/** The command line of the server. */
@NullMarked
package io.sluice.launcher;

import org.jspecify.annotations.NullMarked;
