/** Names of files as bytes, and how they stand in URIs. */
@NullMarked
package io.sluice.files.name;

import org.jspecify.annotations.NullMarked;
