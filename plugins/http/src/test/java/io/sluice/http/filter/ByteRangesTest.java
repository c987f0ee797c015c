package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ByteRangesTest {
    private final ByteRanges ranges = new ByteRanges();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-0|0-1",
                "0-99|0-100",
                "0-|0-100",
                "99-|99-100",
                "-1|99-100",
                "-100|0-100",
                // More than there is: what there is.
                "-101|0-100",
                "90-1000|90-100",
                "0-9223372036854775807|0-100",
                "-9223372036854775807|0-100",
                "1-2,5-6|1-3 5-7",
                // In the order in which they are asked for, also when they overlap.
                "50-60,0-10,5-15|50-61 0-11 5-16",
                // Spaces as nginx takes them.
                " 1 - 2 , 5 - , - 3 |1-3 5-100 NOTHING",
                "1-2 , 5-6|1-3 5-7",
                // What is behind the end is left out, as long as one is not.
                "100-200,3-4|3-5",
                "7-3,3-4|3-5",
                "-0,3-4|3-5",
                "100-|NOTHING",
                "100-200|NOTHING",
                "-0|NOTHING",
                "7-3|NOTHING",
                "|NOTHING",
                ",|NOTHING",
                "1-2,|NOTHING",
                ",1-2|NOTHING",
                "a-b|NOTHING",
                "1-2x|NOTHING",
                "1 2-3|NOTHING",
                "--1|NOTHING",
                "1--2|NOTHING",
                "1|NOTHING",
                "-|NOTHING",
                "+1-2|NOTHING",
                "0x1-2|NOTHING",
                "1-2;3-4|NOTHING",
                "9223372036854775808-|NOTHING",
                "0-9223372036854775808|NOTHING",
                "-99999999999999999999|NOTHING",
                // A bad one behind good ones spoils all.
                "1-2,x|NOTHING",
                // More bytes than there are.
                "0-,0-|WHOLE",
                "0-60,0-60|WHOLE",
                // One too many.
                "0-0,1-1,2-2,3-3,4-4,5-5,6-6|WHOLE",
                "0-0,1-1,2-2,3-3,4-4,5-5|0-1 1-2 2-3 3-4 4-5 5-6",
            })
    void ranges_of_a_hundred_bytes_are_read_as_nginx_does(String value, String expected) {
        String answer = read("bytes=" + (value == null ? "" : value), 100, 6);
        assertEquals(expected.endsWith("NOTHING") ? "NOTHING" : expected, answer);
    }

    @Test
    void nothing_can_be_cut_out_of_an_empty_body() {
        assertEquals("WHOLE", read("bytes=0-", 0, 6));
        assertEquals("WHOLE", read("bytes=0-0", 0, 6));
        assertEquals("WHOLE", read("bytes=-1", 0, 6));
        assertEquals("NOTHING", read("bytes=1-", 0, 6));
    }

    @Test
    void the_largest_body_there_can_be_has_ranges_too() {
        long most = Long.MAX_VALUE;
        assertEquals("9223372036854775806-9223372036854775807", read("bytes=-1", most, 6));
        assertEquals("0-9223372036854775807", read("bytes=0-", most, 6));
        // Their sum is no number any more.
        assertEquals("NOTHING", read("bytes=0-,1-", most, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-1,true",
        "BYTES=0-1,true",
        "Bytes=x,true",
        "bytes=,false",
        "byte=0-1,false",
        "bytes 0-1,false",
        "items=0-5,false",
        "'',false",
        "bytes,false"
    })
    void only_bytes_are_a_unit(String value, boolean known) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(known, ByteRanges.isOfBytes(bytes, bytes.length));
    }

    @Test
    void whatever_a_client_writes_ranges_lie_within_the_body() {
        Random random = new Random(14);
        String telling = "0123456789-, -,9\t=bytes\0\377";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder value = new StringBuilder("bytes=");
            for (int n = 1 + random.nextInt(30); n > 0; n--) {
                value.append(telling.charAt(random.nextInt(telling.length())));
            }
            long length = random.nextInt(4) == 0 ? random.nextLong() >>> 1 : random.nextInt(200);
            int most = 1 + random.nextInt(5);
            byte[] bytes = value.toString().getBytes(StandardCharsets.ISO_8859_1);
            if (ranges.read(bytes, bytes.length, length, most) == ByteRanges.Asked.PARTS) {
                long sum = 0;
                assertEquals(true, ranges.count() >= 1 && ranges.count() <= most, value.toString());
                for (int r = 0; r < ranges.count(); r++) {
                    boolean within = 0 <= ranges.start(r) && ranges.start(r) < ranges.end(r) && ranges.end(r) <= length;
                    assertEquals(true, within, value.toString());
                    sum += ranges.end(r) - ranges.start(r);
                }
                assertEquals(true, sum <= length, value.toString());
            }
        }
    }

    private String read(String value, long length, int most) {
        byte[] bytes = (value + "999-").getBytes(StandardCharsets.ISO_8859_1);
        ByteRanges.Asked asked = ranges.read(bytes, value.length(), length, most);
        if (asked != ByteRanges.Asked.PARTS) {
            return asked.name();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            text.append(i == 0 ? "" : " ").append(ranges.start(i)).append('-').append(ranges.end(i));
        }
        return text.toString();
    }
}
