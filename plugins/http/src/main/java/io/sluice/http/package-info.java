/** The HTTP/1 server as a consumer of connections. */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
