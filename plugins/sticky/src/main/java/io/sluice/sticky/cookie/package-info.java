/** A cookie of ours tells the client which server it had. */
@NullMarked
package io.sluice.sticky.cookie;

import org.jspecify.annotations.NullMarked;
