package io.sluice.event.epoll;

import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.SocketOption;
import org.jspecify.annotations.Nullable;

/** Sets on a TCP socket how the system probes it while it is silent. A refusal is not fatal: the system's own values stay. */
final class ProbeOptions {
    private ProbeOptions() {}

    /** @param probes null leaves everything as it is */
    static void set(Arguments arguments, int fd, @Nullable KeepaliveProbes probes) {
        if (probes == null) {
            return;
        }
        set(arguments, fd, SocketOption.KEEPALIVE, probes.on() ? 1 : 0);
        setIfGiven(arguments, fd, SocketOption.KEEPALIVE_IDLE_SECONDS, probes.idleSeconds());
        setIfGiven(arguments, fd, SocketOption.KEEPALIVE_INTERVAL_SECONDS, probes.intervalSeconds());
        setIfGiven(arguments, fd, SocketOption.KEEPALIVE_PROBES, probes.probes());
    }

    private static void setIfGiven(Arguments arguments, int fd, SocketOption option, int value) {
        if (value > 0) {
            set(arguments, fd, option, value);
        }
    }

    private static void set(Arguments arguments, int fd, SocketOption option, int value) {
        arguments.setOption(fd, Sockets.level(option), Sockets.name(option), value);
    }
}
