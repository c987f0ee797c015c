/** Error logs in nginx's layout, access-log buffers, and the one thread that writes them all. */
@NullMarked
package io.sluice.core.log;

import org.jspecify.annotations.NullMarked;
