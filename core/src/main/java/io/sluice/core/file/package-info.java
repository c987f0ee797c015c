/** Files as plugins ask for them: opened without waiting for a writer, watched for symbolic links, loaded on other threads. */
@NullMarked
package io.sluice.core.file;

import org.jspecify.annotations.NullMarked;
