/** The request itself says which server it wants. */
@NullMarked
package io.sluice.sticky.route;

import org.jspecify.annotations.NullMarked;
