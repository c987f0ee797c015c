package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A plugin puts its own four operations before those of the driver, as TLS does, and takes them away again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrappedIoTest {
    private static final BufferedBit LOW = new BufferedBit("rot13", BufferedBit.Scope.CONNECTION, 0x01);

    private final Recorder plugin = new Recorder("tiny");

    /** Turns letters by thirteen on the wire. Holds what the socket does not take, with a bit of the low nibble set. */
    private static final class Rot13 implements ConnectionIo {
        private final ConnectionIo below;
        private final Buf out;

        private Rot13(Connection c) {
            below = c.io();
            out = c.pool().take(1024);
            c.io(this);
            c.sendfile(false);
        }

        void unwrap(Connection c) {
            assertEquals(0, out.size(), "nothing of it is left behind");
            c.io(below);
            c.sendfile(true);
        }

        @Override
        public int recv(Connection c, Buf into) {
            int from = into.last();
            int n = below.recv(c, into);
            for (int i = from; i < into.last(); i++) {
                into.set(i, turned(into.get(i)));
            }
            return n;
        }

        @Override
        public long recvChain(Connection c, Chain into, long limit) {
            long sum = 0;
            for (Chain link = into; link != null && sum < limit; link = link.next()) {
                int n = recv(c, link.buf());
                if (n <= 0) {
                    return sum > 0 ? sum : n;
                }
                sum += n;
            }
            return sum;
        }

        @Override
        public int send(Connection c, Buf from) {
            drain(c);
            if (out.room() == 0) {
                return c.hasError() ? Io.ERROR : Io.AGAIN;
            }
            int n = (int) Math.min(from.size(), out.room());
            for (int i = 0; i < n; i++) {
                out.put(turned(from.get(from.pos() + i)));
            }
            from.advance(n);
            // Of the application: what is held here counts as sent, as under TLS.
            c.sent(c.sent() + n);
            drain(c);
            return c.hasError() ? Io.ERROR : n;
        }

        @Override
        public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
            long left = limit;
            for (Chain link = from; link != null; link = link.next()) {
                while (link.buf().size() > 0) {
                    if (left == 0) {
                        return link;
                    }
                    Buf piece = c.pool()
                            .view(
                                    link.buf(),
                                    link.buf().pos(),
                                    link.buf().pos()
                                            + (int) Math.min(left, link.buf().size()));
                    int n = send(c, piece);
                    c.pool().free(piece);
                    if (n == Io.ERROR) {
                        return Chain.ERROR;
                    }
                    if (n == Io.AGAIN) {
                        return link;
                    }
                    link.buf().advance(n);
                    left -= n;
                }
            }
            return drain(c) || !c.hasError() ? null : Chain.ERROR;
        }

        private boolean drain(Connection c) {
            long ofTheApplication = c.sent();
            while (out.size() > 0) {
                if (below.send(c, out) < 0) {
                    c.sent(ofTheApplication);
                    c.buffer(LOW);
                    return false;
                }
            }
            c.sent(ofTheApplication);
            out.clear();
            c.unbuffer(LOW);
            return true;
        }

        private static byte turned(byte b) {
            if (b >= 'a' && b <= 'z') {
                return (byte) ('a' + (b - 'a' + 13) % 26);
            }
            return b;
        }
    }

    private static Buf text(Connection c, String text) {
        Buf buf = c.pool().take(256);
        buf.putAscii(text);
        return buf;
    }

    private static Chain chain(Connection c, String... texts) {
        Chain first = null;
        for (int i = texts.length - 1; i >= 0; i--) {
            Chain link = c.pool().link(text(c, texts[i]));
            link.next(first);
            first = link;
        }
        return first;
    }

    @Test
    void all_four_go_through_the_wrapper_and_past_it_when_it_is_gone() {
        plugin.in("readable", c -> {});
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect();
            Connection c = plugin.last;
            ConnectionIo plain = c.io();
            Rot13 rot = new Rot13(c);
            assertSame(rot, c.io());
            client.receives("uryyb jbeyq");
            server.settle();
            Buf into = c.pool().take(5);
            assertEquals(5, c.recv(into));
            assertEquals("hello", into.text());
            Pool pool = c.pool();
            Chain two = pool.link(pool.take(2));
            Chain more = pool.link(pool.take(20));
            two.next(more);
            assertEquals(6, c.recvChain(two, ConnectionIo.UNLIMITED));
            assertEquals(" w" + "orld", two.buf().text() + more.buf().text());
            assertEquals(3, c.send(text(c, "one")));
            assertNull(c.sendChain(chain(c, "two", "", "three"), ConnectionIo.UNLIMITED));
            assertEquals("bar" + "gjb" + "guerr", client.sent());
            assertEquals(11, c.sent());
            rot.unwrap(c);
            assertSame(plain, c.io());
            assertEquals(5, c.send(text(c, "plain")));
            assertTrue(client.sent().endsWith("plain"));
        }
    }

    @Test
    void what_the_wrapper_holds_keeps_its_bit_set_until_the_socket_takes_it() {
        plugin.in("readable", c -> {});
        plugin.in("writable", c -> assertNull(c.sendChain(chain(c, ""), ConnectionIo.UNLIMITED)));
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect().takes(4);
            Connection c = plugin.last;
            new Rot13(c);
            assertNull(c.sendChain(chain(c, "abcdef", "ghi"), ConnectionIo.UNLIMITED), "the application is rid of it");
            assertTrue(c.isBuffered(LOW) && (c.buffered() & BufferedBit.LOW_LEVEL) != 0);
            assertEquals("nopq", client.sent());
            client.takesAll();
            server.settle();
            assertEquals("nopqrstuv", client.sent());
            assertEquals(0, c.buffered());
            assertEquals(9, c.sent(), "of the application");
        }
    }

    @Test
    void the_limit_is_kept_through_the_wrapper_and_without() {
        plugin.in("readable", c -> {});
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect();
            Connection c = plugin.last;
            Rot13 rot = new Rot13(c);
            Chain rest = c.sendChain(chain(c, "aaa", "bbb", "ccc"), 4);
            assertNotNull(rest);
            assertEquals("bb", rest.buf().text());
            assertEquals("nnno", client.newlySent());
            rot.unwrap(c);
            rest = c.sendChain(rest, 4);
            assertNotNull(rest);
            assertEquals("bbcc", client.newlySent());
            assertNull(c.sendChain(rest, 4));
        }
    }

    @Test
    void one_call_gathers_no_more_pieces_than_the_system_takes() {
        plugin.in("readable", c -> {});
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect();
            Connection c = plugin.last;
            String[] many = new String[Endpoint.GATHER * 3 + 7];
            java.util.Arrays.fill(many, "ab");
            assertNull(c.sendChain(chain(c, many), ConnectionIo.UNLIMITED));
            assertEquals("ab".repeat(many.length), client.sent());
            assertTrue(Endpoint.GATHER <= 1024, "IOV_MAX of Linux");
        }
    }
}
