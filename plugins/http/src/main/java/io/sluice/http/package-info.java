/** HTTP/1 for clients: requests, phases, handlers and the chain of output filters. */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
