package io.sluice.event;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.DriverFactory;
import java.util.ArrayList;
import java.util.List;

/** Tells what the chosen driver cannot do of what the configuration asks for, before anything is opened. */
final class ListenNeeds {
    private final DriverFactory driver;
    private final List<String> problems = new ArrayList<>();

    private ListenNeeds(DriverFactory driver) {
        this.driver = driver;
    }

    /** One line each, with file, line and setting; none if the driver can do it all. */
    static List<String> problems(List<Listening> listenings, DriverFactory driver) {
        ListenNeeds needs = new ListenNeeds(driver);
        for (Listening listening : listenings) {
            needs.check(listening, listenings);
        }
        return needs.problems;
    }

    private void check(Listening listening, List<Listening> all) {
        ListenOptions options = listening.options();
        Address address = listening.address();
        need(listening, Capability.REUSE_PORT, options.reusePort() && !listening.isForDatagrams(), "reuseport");
        need(
                listening,
                Capability.UNIX_DATAGRAMS,
                listening.isForDatagrams() && address.isUnix(),
                "datagrams over unix sockets");
        need(listening, Capability.DEFERRED_ACCEPT, options.deferred(), "deferred");
        need(listening, Capability.FAST_OPEN, options.fastOpen() > 0, "fastopen");
        need(listening, Capability.NOTSENT_LOWAT, options.notSentLowatBytes() > 0, "notsent-lowat");
        need(listening, Capability.UNIX_SOCKETS, address.isUnix(), "unix sockets");
        need(listening, Capability.ABSTRACT_UNIX_SOCKETS, address.isAbstract(), "abstract unix sockets");
        if (!driver.capabilities().contains(Capability.IPV6_ONLY) && leavesIpv4Alone(listening)) {
            for (Listening other : all) {
                if (other.isForDatagrams() == listening.isForDatagrams()
                        && other.address().family() == Address.Family.INET
                        && other.address().port() == address.port()) {
                    problems.add(
                            listening.where() + ": ipv6only = on: the driver " + driver.name() + " cannot listen on "
                                    + address + " and on " + other.address() + " (" + other.where()
                                    + "): give the IPv6 wildcard ipv6only = off and leave the other out");
                }
            }
        }
    }

    private static boolean leavesIpv4Alone(Listening listening) {
        Address address = listening.address();
        return address.family() == Address.Family.INET6
                && address.isWildcard()
                && address.port() != 0
                && listening.options().ipv6Only();
    }

    private void need(Listening listening, Capability capability, boolean asked, String setting) {
        if (asked && !driver.capabilities().contains(capability)) {
            problems.add(listening.where() + ": " + setting + ": the driver " + driver.name() + " has no such thing");
        }
    }
}
