/** The handler that passes a request to an upstream. */
@NullMarked
package io.sluice.proxy;

import org.jspecify.annotations.NullMarked;
