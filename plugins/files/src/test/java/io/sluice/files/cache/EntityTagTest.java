package io.sluice.files.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntityTagTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            1577934245, 5, "5e0d5da5-5"
            0, 0, "0-0"
            15, 16, "f-10"
            1, 5000000000, "1-12a05f200"
            9223372036854775807, 1, "7fffffffffffffff-1"
            # A time before 1970, as nginx prints it.
            -1, 1, "ffffffffffffffff-1"
            """)
    void time_and_size_are_written_in_hexadecimal(long time, long size, String tag) {
        assertEquals(tag, new String(EntityTag.of(time, size), StandardCharsets.US_ASCII));
    }
}
