package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A worker reads all its messages with the same few parsers: nothing of one may be left when the next one comes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReuseTest {

    @Test
    void a_request_is_read_the_same_whichever_one_came_before() {
        for (String first : Samples.REQUESTS) {
            for (String second : Samples.REQUESTS) {
                RequestReading reading = new RequestReading(Wire.LIMITS);
                byte[] before = Wire.bytes(first);
                byte[] bytes = Wire.bytes(second);
                reading.read(before, Wire.singleBytes(before.length), 4, 'x');
                assertEquals(RequestReading.whole(bytes), reading.read(bytes, Wire.whole(bytes.length), 0, 'x'), first);
            }
        }
    }

    @Test
    void a_response_is_read_the_same_whichever_one_came_before() {
        for (String first : Samples.RESPONSES) {
            for (String second : Samples.RESPONSES) {
                ResponseReading reading = new ResponseReading();
                byte[] before = Wire.bytes(first);
                byte[] bytes = Wire.bytes(second);
                reading.read(Method.HEAD, before, Wire.singleBytes(before.length), 4, 'x');
                String read = reading.read(Method.GET, bytes, Wire.whole(bytes.length), 0, 'x');
                assertEquals(ResponseReading.whole(bytes), read, first);
            }
        }
    }

    @Test
    void a_body_is_read_the_same_whichever_one_came_before() {
        for (String first : Samples.BODIES) {
            for (String second : Samples.BODIES) {
                byte[] before = Wire.bytes(first);
                byte[] bytes = Wire.bytes(second);
                ChunkedDecoder decoder = ChunkedReading.decoded(before, Wire.whole(before.length), 'x').decoder;
                decoder.reset();
                assertEquals(
                        ChunkedReading.decoded(bytes, Wire.whole(bytes.length), 'x')
                                .toString(),
                        ChunkedReading.again(decoder, bytes).toString(),
                        first);
            }
        }
    }
}
