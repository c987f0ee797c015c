package io.sluice.core.buffer;

/**
 * A file that a driver opened. Each driver sends only its own. Only a {@link FileKind#REGULAR} one can be read and sent from; of any
 * other kind it is known what it is, and nothing is open.
 *
 * <p><b>Thread:</b> {@link #close} is the owner's, once nobody sends from it; {@link #read}, {@link #load} and the values are for any
 * thread, also while the owner closes it.
 */
public interface OpenFile extends AutoCloseable {
    FileKind kind();

    /** Bytes, as they were when the file was opened. */
    long size();

    /** When the content changed last, in seconds since 1970, as it was when the file was opened. */
    long modifiedSeconds();

    /** Differs from that of any other file with high probability: inode and device mixed. 0 if the system cannot tell. */
    long identity();

    /**
     * Reads into the room of a Buf and moves its end on. Waits for the disk where the range is not in memory.
     *
     * @param position in the file, from 0
     * @return a count, 0 ({@code Io.END}) at or behind the end of the file, or -1 ({@code Io.ERROR}) if it cannot be read or is closed
     */
    int read(Buf into, long position);

    /** Whether the whole range is known to be in the system's memory, so that to read or send it waits for nothing. Asks the system. */
    boolean isLoaded(long position, long bytes);

    /**
     * Brings a range into the system's memory. <b>Thread:</b> any but a worker's: it waits for the disk.
     *
     * @return false if it cannot be read or is closed; a range behind the end of the file is no failure
     */
    boolean load(long position, long bytes);

    @Override
    void close();
}
