package io.sluice.core.file;

/** Who wants to know that a range of a file has been loaded. */
@FunctionalInterface
public interface LoadListener {
    /** @param readable false if the file could not be read; the next read or send tells more */
    void loaded(boolean readable);
}
