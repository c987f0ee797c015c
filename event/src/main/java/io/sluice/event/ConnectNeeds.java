package io.sluice.event;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.DriverFactory;
import java.util.ArrayList;
import java.util.List;

/** Tells what the chosen driver, or the system, does not let us do of what plugins will connect with. */
final class ConnectNeeds {
    private final DriverFactory driver;
    private final List<String> problems = new ArrayList<>();

    private ConnectNeeds(DriverFactory driver) {
        this.driver = driver;
    }

    /** One line each, with file, line and setting; none if all of it can be done. */
    static List<String> problems(List<Outgoing> ways, DriverFactory driver) {
        ConnectNeeds needs = new ConnectNeeds(driver);
        ways.forEach(needs::check);
        return needs.problems;
    }

    private void check(Outgoing way) {
        OutgoingOptions options = way.options();
        Address local = options.local();
        int before = problems.size();
        need(way, Capability.TRANSPARENT, options.transparent(), "transparent");
        boolean unix = local != null && local.isUnix();
        need(way, Capability.UNIX_SOCKETS, unix, "unix sockets");
        need(way, Capability.ABSTRACT_UNIX_SOCKETS, local != null && local.isAbstract(), "abstract unix sockets");
        boolean datagrams = options.type() == SocketType.DATAGRAM;
        need(way, Capability.UNIX_DATAGRAMS, unix && datagrams, "datagrams over unix sockets");
        if (problems.size() == before) {
            String refusal = driver.refusal(options);
            if (refusal != null) {
                problems.add(way.where() + ": transparent: " + refusal);
            }
        }
    }

    private void need(Outgoing way, Capability capability, boolean asked, String setting) {
        if (asked && !driver.capabilities().contains(capability)) {
            problems.add(way.where() + ": " + setting + ": the driver " + driver.name() + " has no such thing");
        }
    }
}
