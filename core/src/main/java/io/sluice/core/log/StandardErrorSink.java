package io.sluice.core.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Descriptor 2 itself, not {@link System#err}, which may lead back into a log. Never closed: others write to it too. */
final class StandardErrorSink implements LogSink {
    private final FileChannel channel = new FileOutputStream(FileDescriptor.err).getChannel();

    @Override
    public String name() {
        return "stderr";
    }

    @Override
    public void write(ByteBuffer wholeLines) throws IOException {
        FileSink.writeAll(channel, wholeLines);
    }

    @Override
    public void reopen() {
        // There is nothing to rename.
    }

    @Override
    public void close() {
        // Not ours.
    }
}
