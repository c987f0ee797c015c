/** HTTP/1 on plain byte arrays: strict, resumable parsers and the few tables that write what they read. */
@NullMarked
package io.sluice.http.parse;

import org.jspecify.annotations.NullMarked;
