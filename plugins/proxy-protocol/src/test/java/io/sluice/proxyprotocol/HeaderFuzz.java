package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Proxied;
import io.sluice.core.variable.BytesSink;
import java.util.Arrays;

/**
 * For a fuzzer: a header is the same in whatever pieces it comes, nothing behind it is looked at, each beginning of it is incomplete, and
 * written once more it tells the same.
 */
final class HeaderFuzz {
    private HeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        Parsed whole = Header.parse(bytes, bytes.length);
        int decided = whole instanceof Parsed.Whole(int length, var _) ? length : bytes.length;
        boolean known = false;
        for (int part = 0; part <= bytes.length; part++) {
            // More bytes are there than have come: they are none of its business.
            Parsed sofar = Header.parse(bytes, part);
            if (whole instanceof Parsed.Whole) {
                assertEquals(part >= decided, sofar instanceof Parsed.Whole, "after " + part);
                assertTrue(part >= decided || sofar instanceof Parsed.Incomplete, "after " + part);
            }
            assertTrue(!known || !(sofar instanceof Parsed.Incomplete), "what was decided stays so");
            known = !(sofar instanceof Parsed.Incomplete);
        }
        switch (whole) {
            case Parsed.Incomplete _ -> assertTrue(bytes.length < Header.MAX_BYTES);
            case Parsed.Broken(String reason) -> assertTrue(!reason.isEmpty());
            case Parsed.Whole(int length, Proxied proxied) -> {
                assertTrue(length > 0 && length <= bytes.length && length <= Header.MAX_BYTES);
                if (proxied != null) {
                    values(proxied);
                    again(proxied, Arrays.copyOf(bytes, length));
                }
            }
        }
    }

    /** Each TLV is inside of those there are. */
    private static void values(Proxied proxied) {
        BytesSink out = new BytesSink(64, 1 << 16);
        for (int type = 0; type < 256; type++) {
            out.reset();
            proxied.writeTlv(type, out);
            proxied.writeTlv(0x20, 5, type, out);
            assertTrue(out.count() <= 2 * proxied.tlvs().length);
        }
    }

    private static void again(Proxied proxied, byte[] header) {
        if (proxied.source().isUnix()
                || proxied.source().family() != proxied.destination().family()) {
            return;
        }
        Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
        try {
            for (HeaderVersion version : new HeaderVersion[] {HeaderVersion.V1, HeaderVersion.V2}) {
                Pool pool = slabs.pool();
                Buf buf = pool.take(NewHeader.MAX_BYTES);
                NewHeader.put(proxied.source(), proxied.destination(), version, buf);
                byte[] written = new byte[buf.last() - buf.start()];
                buf.get(buf.start(), written, 0, written.length);
                pool.close();
                Parsed.Whole read = assertInstanceOf(Parsed.Whole.class, Header.parse(written, written.length));
                assertEquals(written.length, read.length());
                Proxied told = read.proxied();
                assertTrue(told != null);
                assertEquals(proxied.source(), told.source(), () -> Arrays.toString(header) + " as " + version);
                assertEquals(
                        proxied.destination(), told.destination(), () -> Arrays.toString(header) + " as " + version);
            }
            assertEquals(0, slabs.bytesInUse());
        } finally {
            slabs.close();
        }
    }
}
