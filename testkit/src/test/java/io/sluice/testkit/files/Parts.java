package io.sluice.testkit.files;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** A list of parts of memory, of a file and of nothing, made of a seed: as a chain, and as the bytes that must come of it. */
record Parts(List<Part> parts) {
    /** {@code from} to {@code to} of the file, or so many bytes of memory, or neither: a mark. */
    record Part(long from, long to, String memory) {}

    static Parts of(int seed, long fileSize) {
        Random random = new Random(seed);
        List<Part> parts = new ArrayList<>();
        for (int i = 3 + random.nextInt(30); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> parts.add(new Part(0, 0, ""));
                case 1 -> parts.add(new Part(0, 0, ("<" + i + ">").repeat(1 + random.nextInt(300))));
                default -> {
                    long from = random.nextLong(fileSize - 1);
                    long most = random.nextInt(5) == 0 ? fileSize - from : Math.min(5000, fileSize - from);
                    parts.add(new Part(from, from + 1 + random.nextLong(most), ""));
                }
            }
        }
        // A connection that ends with a mark ends as well as any other.
        parts.add(new Part(0, 0, "end"));
        return new Parts(parts);
    }

    Chain chain(Pool pool, OpenFile file) {
        Chain first = null;
        for (Part part : parts.reversed()) {
            Buf buf;
            if (part.to > part.from) {
                buf = pool.file(file, part.from, part.to);
            } else if (part.memory.isEmpty()) {
                buf = pool.mark().flush(true);
            } else {
                buf = pool.take(part.memory.length());
                buf.putAscii(part.memory);
            }
            Chain link = pool.link(buf);
            link.next(first);
            first = link;
        }
        return Objects.requireNonNull(first);
    }

    byte[] bytes(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Part part : parts) {
            bytes.write(content, (int) part.from, (int) (part.to - part.from));
            bytes.writeBytes(part.memory.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
