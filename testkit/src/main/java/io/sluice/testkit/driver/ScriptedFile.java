package io.sluice.testkit.driver;

import io.sluice.core.buffer.OpenFile;
import java.nio.ByteBuffer;

/** A file as it was when it was opened. */
final class ScriptedFile implements OpenFile {
    private final byte[] content;

    ScriptedFile(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    ByteBuffer range(long from, long count) {
        int start = (int) Math.min(from, content.length);
        return ByteBuffer.wrap(content, start, (int) Math.min(count, content.length - start));
    }

    @Override
    public void close() {}
}
