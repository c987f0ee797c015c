package io.sluice.core.buffer;

import org.jspecify.annotations.Nullable;

/** The range of a file that a {@link Buf} stands for. Made when a handle first gets one, and kept with it: most never do. */
final class FilePart {
    @Nullable
    OpenFile file;

    long pos;
    long last;
}
