package io.sluice.core.file;

import io.sluice.core.buffer.FileKind;

/**
 * What is known of a file without opening it.
 *
 * @param sizeBytes of the content
 * @param modifiedSeconds when the content changed last, since 1970
 * @param identity as {@link io.sluice.core.buffer.OpenFile#identity}
 */
public record FileStatus(FileKind kind, long sizeBytes, long modifiedSeconds, long identity) {}
