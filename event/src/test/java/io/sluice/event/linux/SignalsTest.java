package io.sluice.event.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignalsTest {
    private static final List<String> BLOCKING =
            List.of("env", "--block-signal=HUP,INT,QUIT,TERM,USR1,USR2,WINCH", "_JAVA_SR_SIGNUM=40");
    private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED");

    /** The child: prints each signal it receives, and fails inside the receiver on WINCH. */
    static final class Child {
        static void main() throws IOException {
            int[] all = {Signals.HUP, Signals.INT, Signals.QUIT, Signals.TERM, Signals.USR1, Signals.USR2, Signals.WINCH
            };
            System.out.println("blocked " + Signals.blocked(all));
            try {
                Signals.receive(Child::received, all);
                System.out.println("receiving");
            } catch (IllegalStateException refused) {
                System.out.println("refused");
            }
            int end = System.in.read();
            System.out.println("ends " + end);
        }

        private static void received(int signal, int senderPid) {
            System.out.println(signal + " from " + senderPid);
            if (signal == Signals.WINCH) {
                throw new IllegalStateException("a receiver with a bug");
            }
        }
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    void every_signal_of_nginx_arrives_with_its_sender_and_the_process_lives_on() throws Exception {
        assumeTrue(envCanBlock(), "env has no --block-signal here");
        List<String> options = List.of("--enable-native-access=ALL-UNNAMED", "-Xrs");
        try (ChildJvm child = ChildJvm.start(BLOCKING, options, Child.class)) {
            assertEquals("blocked true", child.line());
            assertEquals("receiving", child.line());
            assertReceived(child, "WINCH", Signals.WINCH);
            assertReceived(child, "HUP", Signals.HUP);
            assertReceived(child, "INT", Signals.INT);
            assertReceived(child, "QUIT", Signals.QUIT);
            assertReceived(child, "TERM", Signals.TERM);
            assertReceived(child, "USR1", Signals.USR1);
            assertReceived(child, "USR2", Signals.USR2);
            child.endInput();
            assertEquals("ends -1", child.line());
            assertEquals(0, child.exitCode());
        }
    }

    private static void assertReceived(ChildJvm child, String name, int number) throws Exception {
        long sender = child.kill(name);
        assertEquals(number + " from " + sender, child.line());
    }

    /** Without -Xrs the JVM takes HUP, INT and TERM for itself, whatever it was started with. */
    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    void signals_that_the_jvm_has_unblocked_are_noticed() throws Exception {
        assumeTrue(envCanBlock(), "env has no --block-signal here");
        try (ChildJvm child = ChildJvm.start(BLOCKING, NATIVE, Child.class)) {
            assertEquals("blocked false", child.line());
            assertEquals("refused", child.line());
        }
    }

    @Test
    void signals_that_nobody_blocked_are_not_received() {
        assertFalse(Signals.blocked(Signals.USR1));
        assertThrows(IllegalStateException.class, () -> Signals.receive((_, _) -> {}, Signals.USR1));
    }

    private static boolean envCanBlock() throws IOException, InterruptedException {
        return new ProcessBuilder("env", "--block-signal=HUP", "true").start().waitFor() == 0;
    }
}
