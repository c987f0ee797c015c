/** What a plugin implements and what it is given. */
@NullMarked
package io.sluice.core.plugin;

import org.jspecify.annotations.NullMarked;
