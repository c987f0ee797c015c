/** What a plugin implements to say which peers an upstream has. */
@NullMarked
package io.sluice.upstream.discover;

import org.jspecify.annotations.NullMarked;
