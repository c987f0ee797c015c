/** The output filter that compresses responses for clients which accept gzip. */
@NullMarked
package io.sluice.gzip;

import org.jspecify.annotations.NullMarked;
