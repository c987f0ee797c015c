/** What a plugin implements to bring the requests of one client to one peer. */
@NullMarked
package io.sluice.upstream.sticky;

import org.jspecify.annotations.NullMarked;
