/** Folders as pages. */
@NullMarked
package io.sluice.files.listing;

import org.jspecify.annotations.NullMarked;
