package io.sluice.event.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollEventTest {
    @ParameterizedTest
    @CsvSource({
        "amd64, 12",
        "x86_64, 12",
        "aarch64, 16",
        "riscv64, 16",
    })
    void the_struct_is_packed_on_x86_64_only(String architecture, int bytes) {
        assertEquals(bytes, EpollEvent.bytes(architecture));
    }

    @Test
    void each_element_keeps_its_events_and_all_bits_of_its_data() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate(3L * EpollEvent.BYTES);
            for (int i = 0; i < 3; i++) {
                EpollEvent.put(array, i, EpollEvent.ET | i, 0x8877665544332210L + i);
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(EpollEvent.ET | i, EpollEvent.events(array, i));
                assertEquals(0x8877665544332210L + i, EpollEvent.data(array, i));
            }
        }
    }
}
