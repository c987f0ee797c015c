/** Media types by extension. */
@NullMarked
package io.sluice.files.type;

import org.jspecify.annotations.NullMarked;
