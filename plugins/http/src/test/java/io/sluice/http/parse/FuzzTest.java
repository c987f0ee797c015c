package io.sluice.http.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The fuzz entries over mutated samples: the same ones at each build, and with {@code -Dsluice.fuzz=N} N times as many. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FuzzTest {
    private static final int TIMES = Integer.getInteger("sluice.fuzz", 1);

    private static final byte[] TELLING = Wire.bytes("\r\n\r\n\r\n :;,\t\"\\/.%?#0059afxX\0\177\200\377=-_[]@");

    private static final List<String> PATHS = List.of(
            "", "a/b", "a/../b", "%2e%2e/", "a//b/./c/..", "../", "%41%00", "a%2f%2F..", ".../..a/a..", "%", "a/%4");

    @Test
    void no_request_breaks_the_parser_or_depends_on_how_it_is_cut() {
        mutate(Samples.REQUESTS, 3_000, RequestHeadFuzz::fuzzerTestOneInput);
    }

    @Test
    void no_response_breaks_the_parser_or_depends_on_how_it_is_cut() {
        mutate(Samples.RESPONSES, 3_000, ResponseHeadFuzz::fuzzerTestOneInput);
    }

    @Test
    void no_body_breaks_the_decoder_or_is_read_in_two_ways() {
        mutate(Samples.BODIES, 5_000, ChunkedFuzz::fuzzerTestOneInput);
    }

    @Test
    void no_path_breaks_the_normalizer_or_leaves_the_root() {
        mutate(PATHS, 10_000, UriFuzz::fuzzerTestOneInput);
    }

    private static void mutate(List<String> samples, int times, Consumer<byte[]> entry) {
        samples.forEach(sample -> entry.accept(Wire.bytes(sample)));
        Random random = new Random(20);
        for (int i = 0; i < times * TIMES; i++) {
            byte[] bytes = Wire.bytes(samples.get(random.nextInt(samples.size())));
            for (int step = random.nextInt(4); step >= 0; step--) {
                bytes = mutated(bytes, samples, random);
            }
            byte[] input = bytes;
            try {
                entry.accept(input);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("input " + i + ": " + escaped(input), e);
            }
        }
    }

    private static byte[] mutated(byte[] bytes, List<String> samples, Random random) {
        if (bytes.length == 0) {
            return new byte[] {TELLING[random.nextInt(TELLING.length)]};
        }
        int at = random.nextInt(bytes.length);
        byte telling = TELLING[random.nextInt(TELLING.length)];
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] replaced = bytes.clone();
                replaced[at] = telling;
                yield replaced;
            }
            case 1 -> joined(bytes, at, new byte[] {telling}, 0, at);
            case 2 -> joined(bytes, at, bytes, at, at + 1);
            case 3 -> joined(bytes, at, bytes, Math.max(0, at - random.nextInt(12)), at);
            case 4 -> {
                byte[] other = Wire.bytes(samples.get(random.nextInt(samples.size())));
                yield joined(bytes, at, other, random.nextInt(other.length + 1), bytes.length);
            }
            default -> Arrays.copyOf(bytes, at);
        };
    }

    /** {@code bytes[0, at)}, then the middle from {@code skip} on, then {@code bytes[rest, …)}. */
    private static byte[] joined(byte[] bytes, int at, byte[] middle, int skip, int rest) {
        byte[] all = Arrays.copyOf(bytes, at + middle.length - skip + bytes.length - rest);
        System.arraycopy(middle, skip, all, at, middle.length - skip);
        System.arraycopy(bytes, rest, all, at + middle.length - skip, bytes.length - rest);
        return all;
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b >= ' ' && b < 127 && b != '\\' ? "" + (char) b : String.format("\\%03o", b & 0xff));
        }
        return text.toString();
    }
}
