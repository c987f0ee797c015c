package io.sluice.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionErrorLevelTest {
    @ParameterizedTest
    @CsvSource({
        // fault, ALERT, ERR, INFO, IGNORE_ECONNRESET, IGNORE_EINVAL, IGNORE_EMSGSIZE; a dash: ignored
        "NONE,                  ERR, ERR, INFO, INFO, INFO, INFO",
        "CONNECTION_RESET,      ERR, ERR, INFO, -,    INFO, INFO",
        "BROKEN_PIPE,           ERR, ERR, INFO, INFO, INFO, INFO",
        "NOT_CONNECTED,         ERR, ERR, INFO, INFO, INFO, INFO",
        "TIMED_OUT,             ERR, ERR, INFO, INFO, INFO, INFO",
        "REFUSED,               ERR, ERR, INFO, INFO, INFO, INFO",
        "NET_DOWN,              ERR, ERR, INFO, INFO, INFO, INFO",
        "NET_UNREACHABLE,       ERR, ERR, INFO, INFO, INFO, INFO",
        "HOST_DOWN,             ERR, ERR, INFO, INFO, INFO, INFO",
        "HOST_UNREACHABLE,      ERR, ERR, INFO, INFO, INFO, INFO",
        // Expected on Windows only.
        "CONNECTION_ABORTED,    ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "INVALID,               ALERT, ALERT, ALERT, ALERT, -,     ALERT",
        "MESSAGE_SIZE,          ALERT, ALERT, ALERT, ALERT, ALERT, -",
        "NO_DESCRIPTORS,        ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "NO_BUFFERS,            ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "ADDRESS_IN_USE,        ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "ADDRESS_NOT_AVAILABLE, ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "ACCESS,                ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "NO_SUCH_FILE,          ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
        "OTHER,                 ALERT, ALERT, ALERT, ALERT, ALERT, ALERT",
    })
    void a_fault_is_as_grave_as_nginx_finds_it(
            IoFault fault, String alert, String err, String info, String reset, String invalid, String size) {
        String[] expected = {alert, err, info, reset, invalid, size};
        ConnectionErrorLevel[] levels = ConnectionErrorLevel.values();
        for (int i = 0; i < levels.length; i++) {
            String found =
                    levels[i].ignores(fault) ? "-" : levels[i].levelFor(fault).name();
            assertEquals(expected[i], found, levels[i].name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ALERT, CRIT",
        "ERR, ERR",
        "INFO, INFO",
        "IGNORE_ECONNRESET, CRIT",
        "IGNORE_EINVAL, CRIT",
        "IGNORE_EMSGSIZE, CRIT",
    })
    void a_close_that_fails_is_critical_unless_the_peer_was_gone(ConnectionErrorLevel level, LogLevel whenGone) {
        assertSame(whenGone, level.levelForFailedClose(IoFault.CONNECTION_RESET));
        assertSame(whenGone, level.levelForFailedClose(IoFault.NOT_CONNECTED));
        assertSame(LogLevel.CRIT, level.levelForFailedClose(IoFault.OTHER));
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_is_printed_with_its_number_where_it_has_one(IoFault fault) {
        LogLine line = new LogLine(100);
        fault.appendTo(line);
        String expected = switch (fault) {
            case NONE -> "";
            case OTHER -> " (Unknown error)";
            default -> " (" + fault.errno() + ": " + fault.text() + ")";
        };
        assertEquals(expected, new String(line.toBytes(), StandardCharsets.UTF_8));
    }
}
