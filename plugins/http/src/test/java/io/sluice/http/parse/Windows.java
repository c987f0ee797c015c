package io.sluice.http.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays the caller of a head parser: gives it a message read by read, all else in the array being poison, and may
 * move the unfinished line to another array, at another index, between reads.
 */
final class Windows {

    /** What a head parser looks like from here. */
    interface Parser {
        Parse parse(byte[] bytes, int from, int to);

        int position();

        void nextSegment();
    }

    private final byte[] message;
    private final byte poison;
    private final List<byte[]> segments = new ArrayList<>();
    private int consumed;

    Windows(byte[] message, int poison) {
        this.message = message;
        this.poison = (byte) poison;
    }

    /**
     * Gives all reads until the parser has an opinion.
     *
     * @param moveEvery after how many reads the line moves; 0: never
     */
    Parse feed(Parser parser, int[] ends, int moveEvery) {
        int start = 7;
        int base = 0;
        byte[] array = fresh(start);
        Parse result = Parse.MORE;
        for (int read = 0; read < ends.length && result == Parse.MORE; read++) {
            if (moveEvery > 0 && read > 0 && read % moveEvery == 0) {
                base = consumed;
                start = 3 + read % 13;
                array = fresh(start);
                parser.nextSegment();
            }
            int from = start + consumed - base;
            int to = start + ends[read] - base;
            Arrays.fill(array, 0, from, poison);
            System.arraycopy(message, consumed, array, from, to - from);
            result = parser.parse(array, from, to);
            consumed = base + parser.position() - start;
            // What is complete has been moved out of the array by the time somebody asks for it.
            System.arraycopy(message, base, segments.getLast(), start, ends[read] - base);
        }
        return result;
    }

    private byte[] fresh(int start) {
        byte[] array = new byte[start + message.length + 16];
        Arrays.fill(array, poison);
        segments.add(array.clone());
        return array;
    }

    /** How many bytes of the message the parser has left behind. */
    int consumed() {
        return consumed;
    }

    String text(int segment, int offset, int length) {
        return Wire.text(segments.get(segment), offset, length);
    }

    String headers(HeaderTable table) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < table.size(); i++) {
            all.append(text(table.segment(i), table.nameOffset(i), table.nameLength(i)))
                    .append('#')
                    .append(table.id(i))
                    .append('=')
                    .append(text(table.segment(i), table.valueOffset(i), table.valueLength(i)))
                    .append('|');
        }
        return all.toString();
    }
}
