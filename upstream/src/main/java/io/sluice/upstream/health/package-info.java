/** What a plugin implements to say whether peers are well. */
@NullMarked
package io.sluice.upstream.health;

import org.jspecify.annotations.NullMarked;
