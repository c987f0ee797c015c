package io.sluice.event;

import io.sluice.core.connection.Listening;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.util.ArrayList;
import java.util.List;

/** A listening with its socket, open for all workers, or with one for each. */
record OpenListening(Listening listening, List<ListenSocket> sockets) {
    /**
     * Opens what a cycle listens on.
     *
     * @throws StartException with everything that could not be opened; nothing stays open then
     */
    static List<OpenListening> all(Cycle cycle, DriverFactory drivers, ErrorLog log) throws StartException {
        List<OpenListening> opened = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Listening listening : cycle.listenings()) {
            if (listening.options().sendLowatBytes() > 0) {
                log.log(LogLevel.WARN, listening.where() + ": sndlowat has no effect: this system cannot set it");
            }
            int sockets = isPerWorker(listening, drivers) ? cycle.settings().workerCount() : 1;
            if (listening.isForDatagrams() && listening.address().isWildcard() && !tellsDestination(drivers)) {
                log.log(
                        LogLevel.WARN,
                        listening.where() + ": the driver " + drivers.name() + " cannot tell where a datagram was sent"
                                + " to: the system chooses the address that an answer comes from");
            }
            List<ListenSocket> own = new ArrayList<>();
            try {
                Listening at = listening;
                for (int i = 0; i < sockets; i++) {
                    own.add(i > 0 && at.isForDatagrams() ? own.getFirst().sibling() : drivers.listen(at));
                    // The port that the system chose is that of all of them.
                    at = listening.at(own.getFirst().address());
                }
                opened.add(new OpenListening(at, List.copyOf(own)));
            } catch (ListenException refused) {
                own.forEach(ListenSocket::close);
                problems.add(listening.where() + ": " + refused.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            opened.forEach(OpenListening::close);
            throw new StartException(problems);
        }
        return opened;
    }

    private static boolean tellsDestination(DriverFactory drivers) {
        return drivers.capabilities().contains(Capability.DATAGRAM_DESTINATION);
    }

    /** Datagrams are served by one worker where the driver cannot do better: that is slower, not wrong, so it is no error. */
    private static boolean isPerWorker(Listening listening, DriverFactory drivers) {
        return listening.options().reusePort()
                && (!listening.isForDatagrams() || drivers.capabilities().contains(Capability.REUSE_PORT));
    }

    /** Whether each worker has a socket of its own. */
    boolean isPerWorker() {
        return sockets.size() > 1;
    }

    ListenSocket socketOf(int worker) {
        return isPerWorker() ? sockets.get(worker) : sockets.getFirst();
    }

    void close() {
        sockets.forEach(ListenSocket::close);
    }
}
