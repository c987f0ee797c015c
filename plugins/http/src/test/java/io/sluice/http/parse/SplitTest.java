package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network cuts bytes anywhere; what they mean does not change by that. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SplitTest {

    static Stream<byte[]> requests() {
        return Samples.REQUESTS.stream().map(Wire::bytes);
    }

    static Stream<byte[]> responses() {
        return Samples.RESPONSES.stream().map(Wire::bytes);
    }

    static Stream<byte[]> bodies() {
        return Samples.BODIES.stream().map(Wire::bytes);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_is_the_same_however_it_is_cut(byte[] bytes) {
        String whole = RequestReading.whole(bytes);
        for (int first = 1; first < bytes.length; first++) {
            assertEquals(whole, RequestReading.of(bytes, Wire.twoParts(first, bytes.length), 0, '\n'));
            assertEquals(whole, RequestReading.of(bytes, Wire.twoParts(first, bytes.length), 1, ':'));
        }
        assertEquals(whole, RequestReading.of(bytes, Wire.singleBytes(bytes.length), 0, '\r'));
        assertEquals(whole, RequestReading.of(bytes, Wire.singleBytes(bytes.length), 1, ' '));
        assertEquals(whole, RequestReading.of(bytes, Wire.singleBytes(bytes.length), 7, 0));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void a_response_is_the_same_however_it_is_cut(byte[] bytes) {
        String whole = ResponseReading.whole(bytes);
        for (int first = 1; first < bytes.length; first++) {
            assertEquals(whole, ResponseReading.of(bytes, Wire.twoParts(first, bytes.length), 0, '\n'));
            assertEquals(whole, ResponseReading.of(bytes, Wire.twoParts(first, bytes.length), 1, ':'));
        }
        assertEquals(whole, ResponseReading.of(bytes, Wire.singleBytes(bytes.length), 0, '\r'));
        assertEquals(whole, ResponseReading.of(bytes, Wire.singleBytes(bytes.length), 3, ' '));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_chunked_body_is_the_same_however_it_is_cut_and_read(byte[] bytes) {
        String whole =
                ChunkedReading.decoded(bytes, Wire.whole(bytes.length), 'x').toString();
        assertEquals(
                whole,
                ChunkedReading.framed(bytes, Wire.whole(bytes.length), '\n').toString());
        for (int first = 1; first < bytes.length; first++) {
            int[] ends = Wire.twoParts(first, bytes.length);
            assertEquals(whole, ChunkedReading.decoded(bytes, ends, '\n').toString());
            assertEquals(whole, ChunkedReading.framed(bytes, ends, '0').toString());
        }
        int[] ends = Wire.singleBytes(bytes.length);
        assertEquals(whole, ChunkedReading.decoded(bytes, ends, '\r').toString());
        assertEquals(whole, ChunkedReading.framed(bytes, ends, ';').toString());
    }
}
