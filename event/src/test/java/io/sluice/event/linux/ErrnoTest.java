package io.sluice.event.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.log.IoFault;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErrnoTest {
    @ParameterizedTest
    @EnumSource(IoFault.class)
    void the_number_that_a_fault_is_printed_with_means_that_fault(IoFault fault) {
        IoFault expected = fault.errno() == 0 ? IoFault.NONE : fault;
        assertEquals(expected, Errno.fault(fault.errno()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ACCESS", // EPERM: a firewall's rule
        "23, NO_DESCRIPTORS", // ENFILE: of the whole machine
        "12, NO_BUFFERS", // ENOMEM
        "20, NO_SUCH_FILE", // ENOTDIR
        "36, NO_SUCH_FILE", // ENAMETOOLONG
        "9, OTHER",
        "4095, OTHER",
    })
    void other_numbers_mean_the_nearest_fault(int errno, IoFault fault) {
        assertEquals(fault, Errno.fault(errno));
    }
}
