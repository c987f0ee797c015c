package io.sluice.event.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.sluice.event.linux.ChildJvm;
import io.sluice.event.spi.Capability;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollDriverFactoryTest {
    /** The child: asks twice, as who looks for a driver and then says why there is none. */
    static final class Child {
        static void main() {
            EpollDriverFactory factory = new EpollDriverFactory();
            System.out.println(factory.unavailable());
            System.out.println(new EpollDriverFactory().unavailable());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void it_can_be_had_on_linux_and_does_all_there_is() {
        EpollDriverFactory factory = new EpollDriverFactory();
        assertNull(factory.unavailable());
        assertEquals("epoll", factory.name());
        assertEquals(EnumSet.allOf(Capability.class), factory.capabilities());
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    @EnabledOnOs(OS.LINUX)
    void without_native_access_it_says_what_to_do() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), List.of("--illegal-native-access=deny"), Child.class)) {
            String reason = "native access is denied, start with --enable-native-access=io.sluice.event";
            assertEquals(reason, child.line());
            assertEquals(reason, child.line());
            assertEquals(0, child.exitCode());
        }
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    void it_needs_linux() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), List.of("-Dos.name=Plan 9"), Child.class)) {
            assertEquals("it needs Linux, this is Plan 9", child.line());
        }
    }
}
