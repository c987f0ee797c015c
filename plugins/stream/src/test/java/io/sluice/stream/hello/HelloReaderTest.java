package io.sluice.stream.hello;

import static io.sluice.stream.hello.Hellos.extension;
import static io.sluice.stream.hello.Hellos.hello;
import static io.sluice.stream.hello.Hellos.inRecordsOf;
import static io.sluice.stream.hello.Hellos.join;
import static io.sluice.stream.hello.Hellos.message;
import static io.sluice.stream.hello.Hellos.number;
import static io.sluice.stream.hello.Hellos.protocols;
import static io.sluice.stream.hello.Hellos.record;
import static io.sluice.stream.hello.Hellos.serverName;
import static io.sluice.stream.hello.Hellos.sized;
import static io.sluice.stream.hello.Hellos.start;
import static io.sluice.stream.hello.Hellos.text;
import static io.sluice.stream.hello.Hellos.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.stream.hello.ClientHello.Reading;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bytes of clients: good ones in all pieces, others not believed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelloReaderTest {
    private static final byte[] GOOD = hello(
            extension(10, number(2, 29)),
            serverName("Www.Example.org"),
            protocols("h2", "http/1.1"),
            versions(0x1a1a, 0x0304, 0x0303));

    @Test
    void what_the_jdk_s_client_says_is_understood() {
        Parsed all = Parsed.of(Hellos.ofJdk("example.org", List.of("h2", "http/1.1")));
        assertEquals(Reading.DONE, all.reading());
        assertEquals("example.org", all.name());
        assertEquals("h2,http/1.1", all.protocols());
        assertEquals(0x0304, all.version());
        Parsed bare = Parsed.of(Hellos.ofJdk("", List.of(), "TLSv1.2"));
        assertEquals(Reading.DONE, bare.reading());
        assertEquals("", bare.name() + bare.protocols());
        assertEquals(0x0303, bare.version());
    }

    @Test
    void names_are_in_small_letters_and_unknown_versions_are_none() {
        Parsed parsed = Parsed.of(GOOD);
        assertEquals("www.example.org", parsed.name());
        assertEquals(0x0304, parsed.version());
        assertEquals(0x0302, Parsed.of(hello(versions(0x0302, 0x0301))).version(), "the list counts");
        assertEquals(0x0303, Parsed.of(hello(versions(0x7f1c, 0xfefd))).version(), "unless nothing of it is known");
    }

    @Test
    void it_is_the_same_in_whatever_pieces_it_comes() {
        for (int piece = 1; piece < GOOD.length; piece++) {
            Parsed parsed = Parsed.inPieces(GOOD, piece);
            assertEquals(Reading.DONE, parsed.reading(), "pieces of " + piece);
            assertEquals("www.example.org h2,http/1.1", parsed.name() + " " + parsed.protocols());
        }
    }

    @Test
    void it_is_the_same_in_whatever_records_it_comes() {
        byte[] message = message(serverName("example.org"), protocols("h2"));
        for (int bytes = 1; bytes <= message.length; bytes++) {
            byte[] records = inRecordsOf(bytes, message);
            for (int piece : new int[] {1, 7, records.length}) {
                Parsed parsed = Parsed.inPieces(records, piece);
                assertEquals(Reading.DONE, parsed.reading(), "records of " + bytes);
                assertEquals("example.org h2", parsed.name() + " " + parsed.protocols());
            }
        }
    }

    @Test
    void a_part_of_it_is_waited_for_and_what_stands_behind_it_is_not_looked_at() {
        for (int length = 0; length < GOOD.length; length++) {
            assertEquals(Reading.MORE, Parsed.of(Arrays.copyOf(GOOD, length)).reading(), length + " bytes");
        }
        Parsed parsed = Parsed.inPieces(join(GOOD, text("\0\1 whatever")), 1);
        assertEquals(Reading.DONE, parsed.reading());
        assertEquals(GOOD.length, parsed.read());
    }

    @Test
    void one_without_extensions_is_well() {
        Parsed parsed = Parsed.of(record(join(number(1, 1), sized(3, start()))));
        assertEquals(Reading.DONE, parsed.reading());
        assertEquals(0x0303, parsed.version());
        assertEquals(Reading.DONE, Parsed.of(hello()).reading(), "an empty list of them");
    }

    @Test
    void that_of_ssl_2_tells_a_version_only() {
        byte[] two = {(byte) 0x80, 46, 1, 0, 2, 0, 21};
        assertEquals(new Parsed(Reading.DONE, "", "", 0x0002, 7), Parsed.of(two));
        byte[] three = {(byte) 0x80, 46, 1, 3, 1};
        assertEquals(new Parsed(Reading.DONE, "", "", 0x0301, 5), Parsed.of(three));
        assertEquals(Reading.WRONG, Parsed.of(new byte[] {(byte) 0x80, 46, 2}).reading());
        assertEquals(
                Reading.WRONG, Parsed.of(new byte[] {(byte) 0x80, 46, 1, 4}).reading());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "SSH-2.0-x",
                "\n",
                "\0",
                "\u0017\u0003",
                "\u0016\u0002",
                "PROXY ",
                "PRI * HTTP/2.0"
            })
    void another_protocol_is_known_at_its_first_bytes(String first) {
        Parsed parsed = Parsed.inPieces(text(first + "x".repeat(20)), 1);
        assertEquals(Reading.WRONG, parsed.reading());
        assertEquals(Math.min(first.length(), first.startsWith("\u0016") ? 2 : 1), parsed.read());
    }

    @Test
    void what_does_not_fit_together_is_not_believed() {
        byte[] name = serverName("example.org");
        Map<String, byte[]> wrong = new LinkedHashMap<>();
        wrong.put("another message", record(join(number(1, 2), sized(3, start()))));
        wrong.put("a record without content", join(record(new byte[0]), GOOD));
        wrong.put(
                "a record larger than one may be",
                join(number(1, 22), number(2, 0x0301), number(2, 0x4001), new byte[20]));
        wrong.put(
                "a record of another kind between",
                join(record(Arrays.copyOf(message(name), 20)), number(1, 21), new byte[10]));
        wrong.put(
                "a record of another version between",
                join(record(Arrays.copyOf(message(name), 20)), number(3, 0x160203)));
        wrong.put(
                "ssl 2 behind a record",
                join(record(Arrays.copyOf(message(name), 20)), new byte[] {(byte) 0x80, 46, 1, 0, 2}));
        wrong.put(
                "a message too short for its version", record(join(number(1, 1), sized(3, number(1, 3)), new byte[8])));
        wrong.put(
                "a message too short for its random",
                record(join(number(1, 1), sized(3, number(2, 0x0303)), new byte[40])));
        wrong.put(
                "a session larger than one may be",
                helloOf(number(2, 0x0303), new byte[32], sized(1, new byte[33]), new byte[99]));
        wrong.put("no ciphers", helloOf(number(2, 0x0303), new byte[32], sized(1), sized(2), sized(1, new byte[1])));
        wrong.put(
                "half a cipher",
                helloOf(number(2, 0x0303), new byte[32], sized(1), sized(2, new byte[3]), sized(1, new byte[1])));
        wrong.put(
                "ciphers beyond the end",
                helloOf(number(2, 0x0303), new byte[32], sized(1), number(2, 500), new byte[20]));
        wrong.put(
                "no compression", helloOf(number(2, 0x0303), new byte[32], sized(1), sized(2, new byte[2]), sized(1)));
        wrong.put("something behind the extensions", helloOf(start(), sized(2, name), new byte[1]));
        wrong.put("extensions beyond the end", helloOf(start(), number(2, 500), name));
        wrong.put("half the length of the extensions", helloOf(start(), new byte[1]));
        wrong.put("an extension beyond the end", hello(join(number(2, 0), number(2, 500), new byte[20])));
        wrong.put("half an extension", hello(number(2, 0)));
        wrong.put(
                "two names",
                hello(extension(0, sized(2, number(1, 0), sized(2, text("a")), number(1, 0), sized(2, text("b"))))));
        wrong.put("two lists of names", hello(name, name));
        wrong.put("two lists of protocols", hello(protocols("h2"), protocols("h2")));
        wrong.put("two lists of versions", hello(versions(0x0304), versions(0x0304)));
        wrong.put("an empty extension of names", hello(extension(0)));
        wrong.put("no name in a list", hello(extension(0, sized(2))));
        wrong.put("an empty name", hello(serverName("")));
        wrong.put("a name too long", hello(serverName("a".repeat(256))));
        wrong.put("a name beyond its list", hello(extension(0, sized(2, number(1, 0), number(2, 9), text("short")))));
        wrong.put(
                "a list shorter than its extension",
                hello(extension(0, sized(2, number(1, 0), sized(2, text("a"))), new byte[1])));
        wrong.put(
                "a list longer than its extension",
                hello(extension(0, number(2, 99), number(1, 0), sized(2, text("a")))));
        wrong.put("no protocol", hello(protocols()));
        wrong.put("an empty protocol", hello(protocols("h2", "")));
        wrong.put("a protocol beyond its list", hello(extension(16, sized(2, number(1, 9), text("h2")))));
        wrong.put("no version", hello(versions()));
        wrong.put("half a version", hello(extension(43, sized(1, new byte[3]))));
        for (String bad : List.of("a b", "a\0b", "a\nb", "a/b", "\u00e4", "a\u007f", "a\r\nX: y")) {
            wrong.put("the name " + bad, hello(serverName(bad)));
        }
        wrong.forEach((what, bytes) -> {
            assertEquals(Reading.WRONG, Parsed.of(bytes).reading(), what);
            assertEquals(Reading.WRONG, Parsed.inPieces(bytes, 1).reading(), what + ", byte by byte");
        });
    }

    private static byte[] helloOf(byte[]... parts) {
        return record(join(number(1, 1), sized(3, parts)));
    }

    @Test
    void what_is_not_known_is_left_out() {
        byte[] otherName =
                extension(0, sized(2, number(1, 7), sized(2, text("x")), number(1, 0), sized(2, text("host"))));
        Parsed parsed = Parsed.of(hello(extension(0x0a0a), otherName, extension(65_535, new byte[9_000])));
        assertEquals(Reading.DONE, parsed.reading());
        assertEquals("host", parsed.name());
        assertEquals(
                "a".repeat(255), Parsed.of(hello(serverName("a".repeat(255)))).name());
    }
}
