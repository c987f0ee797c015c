package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Signals read from a signalfd. That works only if every thread of the process blocks them, or the system gives a
 * signal to a thread that does not: {@code env --block-signal=HUP,INT,QUIT,TERM,USR1,USR2,WINCH}, {@code
 * _JAVA_SR_SIGNUM=40} and {@code java -Xrs} see to that. {@link #blocked} tells whether they did; if not, {@code
 * sun.misc.Signal} is the way, for HUP, INT and TERM.
 */
public final class Signals {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int USR1 = 10;
    public static final int USR2 = 12;
    public static final int TERM = 15;
    public static final int WINCH = 28;

    /**
     * Who is told of signals, on the thread named {@code signals}. What it throws goes to that thread's uncaught
     * handler.
     */
    @FunctionalInterface
    public interface Receiver {
        /** @param senderPid process that sent it; 0 if it was the system, as for a terminal's interrupt */
        void received(int signal, int senderPid);
    }

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String BLOCKED = "SigBlk:";
    private static final int SFD_CLOEXEC = 0x80000;
    private static final int SIGNAL_SET_BYTES = 128;
    private static final int INFO_BYTES = 128;
    private static final int INFO_PID = 12;

    private final MemorySegment errno;
    private final MemorySegment info;
    private final Receiver receiver;
    private final int fd;

    private Signals(int[] signals, Receiver receiver) {
        Arena arena = Arena.ofAuto();
        this.errno = LibC.errno(arena);
        this.info = arena.allocate(INFO_BYTES, Long.BYTES);
        this.receiver = receiver;
        MemorySegment set = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
        set.set(JAVA_LONG, 0, mask(signals));
        fd = LibC.signalfd(errno, -1, set.address(), SFD_CLOEXEC);
        if (fd < 0) {
            throw new IllegalStateException("signalfd() failed (" + Errno.fault(-fd) + ")");
        }
    }

    /** Whether all threads block all of these signals. False where there is no {@code /proc} to tell. */
    public static boolean blocked(int... signals) {
        long wanted = mask(signals);
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if ((blockedBy(thread) & wanted) != wanted) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException | NumberFormatException noAnswer) {
            return false;
        }
    }

    /**
     * Tells of these signals from now on, as long as the process lives.
     *
     * @throws IllegalStateException if a thread does not {@linkplain #blocked block} one of them, or the system refuses
     */
    public static void receive(Receiver receiver, int... signals) {
        if (!blocked(signals)) {
            throw new IllegalStateException("the signals are not blocked in all threads");
        }
        Signals reader = new Signals(signals, receiver);
        Thread thread = new Thread(reader::run, "signals");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            long n = LibC.read(errno, fd, info.address(), INFO_BYTES);
            if (n == INFO_BYTES) {
                tell(info.get(JAVA_INT, 0), info.get(JAVA_INT, INFO_PID));
            } else if (n != -Errno.EINTR) {
                throw new IllegalStateException("read() from the signalfd failed (" + Errno.fault((int) -n) + ")");
            }
        }
    }

    /** A bug in what one signal does must not make the process deaf to the next. */
    private void tell(int signal, int senderPid) {
        try {
            receiver.received(signal, senderPid);
        } catch (RuntimeException | AssertionError | LinkageError bug) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, bug);
        }
    }

    private static long mask(int[] signals) {
        long mask = 0;
        for (int signal : signals) {
            mask |= 1L << (signal - 1);
        }
        return mask;
    }

    /** A thread that has ended meanwhile blocks everything. */
    private static long blockedBy(Path thread) {
        try {
            // The name of a thread is cut after 15 bytes, which need not be where a character of UTF-8 ends.
            for (String line : Files.readAllLines(thread.resolve("status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(BLOCKED)) {
                    return Long.parseUnsignedLong(
                            line.substring(BLOCKED.length()).strip(), 16);
                }
            }
            return 0;
        } catch (IOException unreadable) {
            return Files.exists(thread) ? 0 : -1;
        }
    }
}
