/** The PROXY protocol, versions 1 and 2: what a proxy in front tells about the client, and what we tell peers. */
@NullMarked
package io.sluice.proxyprotocol;

import org.jspecify.annotations.NullMarked;
