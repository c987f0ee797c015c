package io.sluice.event.nio;

import io.sluice.core.connection.Listening;
import io.sluice.event.spi.Capability;
import io.sluice.event.spi.Driver;
import io.sluice.event.spi.DriverException;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The driver that every JDK can run: {@code events.driver = nio}.
 *
 * <p><b>Thread:</b> the one that starts the server.
 */
public final class NioDriverFactory implements DriverFactory {
    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        if (hasUnixSockets()) {
            found.add(Capability.UNIX_SOCKETS);
        }
        if (hasReusePort()) {
            found.add(Capability.REUSE_PORT);
        }
        return found;
    }

    private static boolean hasReusePort() {
        try (ServerSocketChannel any = ServerSocketChannel.open()) {
            return any.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        } catch (IOException noDescriptor) {
            return true;
        }
    }

    /** If there is no descriptor to find it out with, the reason is told when a socket is opened. */
    private static boolean hasUnixSockets() {
        try (SocketChannel unix = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return unix.isOpen();
        } catch (IOException noDescriptor) {
            return true;
        } catch (UnsupportedOperationException missing) {
            return false;
        }
    }

    @Override
    public ListenSocket listen(Listening listening) throws ListenException {
        return listening.isForDatagrams()
                ? NioDatagramSocket.open(listening.address(), listening.options())
                : NioListenSocket.open(listening);
    }

    @Override
    public Driver open(DriverSetup setup) {
        try {
            return new NioDriver(Selector.open(), setup);
        } catch (IOException e) {
            throw new DriverException("to open a selector", NioFault.of(e));
        }
    }
}
