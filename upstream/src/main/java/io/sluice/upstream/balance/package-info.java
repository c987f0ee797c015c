/** What a plugin implements to choose among the peers of an upstream. */
@NullMarked
package io.sluice.upstream.balance;

import org.jspecify.annotations.NullMarked;
