package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads small parts of files into memory where files may be sent as they are: the head and a small body leave with one system call then,
 * and that call costs less than a sendfile beside it (measured: below about 16 KB).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class SmallParts {
    /** @return the output with its small parts in memory; null if one cannot be read, which has been logged */
    @Nullable
    Chain read(HttpRequest request, Chain in, CopySettings settings) {
        long left = settings.reservedBytes();
        long min = settings.sendfileMin().count();
        Chain first = null;
        Chain last = null;
        for (Chain link = in; link != null; ) {
            Chain next = link.next();
            long size = link.buf().size();
            Chain out = link;
            if (link.buf().inFile() && size > 0 && size < min && size <= left) {
                left -= size;
                out = read(request, link, (int) size);
                if (out == null) {
                    return null;
                }
            }
            if (last == null) {
                first = out;
            } else {
                last.next(out);
            }
            last = out;
            link = next;
        }
        return first;
    }

    private static @Nullable Chain read(HttpRequest request, Chain link, int size) {
        Buf source = link.buf();
        Buf memory = request.pool().take(size);
        while (memory.size() < size) {
            int n = source.file().read(memory, source.filePos() + memory.size());
            if (n <= 0) {
                Connection c = request.connection();
                String why = n == Io.END ? "a file became shorter while it was read" : "a file cannot be read";
                c.log().log(LogLevel.ALERT, c, why);
                return null;
            }
        }
        if (memory.size() > size) {
            memory.shorten(size);
        }
        memory.flush(source.flush()).lastBuf(source.lastBuf()).lastInChain(source.lastInChain());
        source.advance(size);
        request.consumed(link);
        return request.pool().link(memory);
    }
}
