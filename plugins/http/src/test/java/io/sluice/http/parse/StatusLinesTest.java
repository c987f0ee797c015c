package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatusLinesTest {

    @Test
    void known_codes_have_their_line_ready() {
        assertArrayEquals(Wire.bytes("HTTP/1.1 200 OK\r\n"), StatusLines.line(200));
        assertArrayEquals(Wire.bytes("HTTP/1.1 502 Bad Gateway\r\n"), StatusLines.line(502));
        assertNull(StatusLines.line(299));
        assertNull(StatusLines.line(0));
        assertNull(StatusLines.line(600));
    }

    @Test
    void every_code_can_be_written_and_read_again() {
        ResponseHeadParser parser = new ResponseHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        for (int status = 100; status <= 999; status++) {
            byte[] target = new byte[StatusLines.MOST_BYTES + 2];
            int end = StatusLines.write(status, target, 0);
            target[end] = '\r';
            target[end + 1] = '\n';
            parser.reset(Method.GET);
            assertEquals(Parse.DONE, parser.parse(target, 0, end + 2));
            assertEquals(status, parser.status());
            assertEquals(StatusLines.reason(status), Wire.text(target, parser.reasonOffset(), parser.reasonLength()));
        }
    }

    @Test
    void a_code_has_three_digits() {
        byte[] target = new byte[StatusLines.MOST_BYTES];
        assertThrows(IllegalArgumentException.class, () -> StatusLines.write(99, target, 0));
        assertThrows(IllegalArgumentException.class, () -> StatusLines.write(1000, target, 0));
    }

    @Test
    void every_status_a_fault_leads_to_has_a_reason() {
        for (Fault fault : Fault.values()) {
            assertNotEquals("", StatusLines.reason(fault.status()), fault.name());
            assertTrue(fault.text().length() > 5, fault.name());
        }
    }
}
