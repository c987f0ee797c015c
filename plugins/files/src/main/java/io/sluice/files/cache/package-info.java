/** Files kept open from request to request. */
@NullMarked
package io.sluice.files.cache;

import org.jspecify.annotations.NullMarked;
