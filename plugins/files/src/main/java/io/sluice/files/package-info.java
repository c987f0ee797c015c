/** Static files: where a request's file is, how it is sent, and what else a folder may be answered with. */
@NullMarked
package io.sluice.files;

import org.jspecify.annotations.NullMarked;
