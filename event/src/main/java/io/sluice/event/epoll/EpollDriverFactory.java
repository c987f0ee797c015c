package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The driver {@code epoll}: Linux, and a JVM that lets this module call native code. */
public final class EpollDriverFactory implements DriverFactory {
    private static final int PREFERENCE = 100;

    /** Asked once: a class that failed to load tells its reason only the first time. */
    private static final class Probe {
        static final @Nullable String REFUSAL = refusal();

        private Probe() {}

        private static @Nullable String refusal() {
            String system = System.getProperty("os.name");
            if (!system.equals("Linux")) {
                return "it needs Linux, this is " + system;
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment errno = LibC.errno(arena);
                int epoll = LibC.epollCreate1(errno, 0);
                if (epoll < 0) {
                    return "epoll_create1() failed (" + Errno.fault(-epoll) + ")";
                }
                LibC.close(errno, epoll);
                return null;
            } catch (LinkageError refused) {
                Throwable cause = refused.getCause();
                return cause instanceof IllegalCallerException
                        ? "native access is denied, start with --enable-native-access=io.sluice.event"
                        : "the C library cannot be called: " + (cause == null ? refused : cause);
            }
        }
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public @Nullable String unavailable() {
        return Probe.REFUSAL;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /** IP_TRANSPARENT needs a capability, or root. */
    @Override
    public @Nullable String refusal(OutgoingOptions how) {
        if (!how.transparent()) {
            return null;
        }
        Arguments arguments = new Arguments();
        int type = Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC;
        int fd = LibC.socket(arguments.errno, SockAddr.AF_INET, type, 0);
        if (fd < 0) {
            return "socket() failed (" + Errno.fault(-fd).text() + ")";
        }
        try {
            int refused = EpollConnects.makeTransparent(arguments, fd, Address.Family.INET);
            return refused == 0
                    ? null
                    : "setsockopt(IP_TRANSPARENT) failed ("
                            + Errno.fault(-refused).text() + "): the process needs CAP_NET_ADMIN or CAP_NET_RAW";
        } finally {
            LibC.close(arguments.errno, fd);
        }
    }

    @Override
    public ListenSocket listen(Listening listening) throws ListenException {
        return listening.isForDatagrams()
                ? EpollDatagramSocket.open(listening.address(), listening.options())
                : EpollListenSocket.open(listening.address(), listening.options());
    }

    @Override
    public Driver open(DriverSetup setup) {
        return new EpollDriver(setup);
    }
}
