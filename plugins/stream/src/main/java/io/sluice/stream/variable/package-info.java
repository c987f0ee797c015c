/** Variables that a server sets for its sessions. */
@NullMarked
package io.sluice.stream.variable;

import org.jspecify.annotations.NullMarked;
