package io.sluice.event.nio;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.AcceptSource;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket in the selector of one driver. */
final class NioAcceptSource implements AcceptSource {
    private final NioDriver driver;
    private final NioListenSocket socket;
    private final NioWatch watch;
    private IoFault fault = IoFault.NONE;

    NioAcceptSource(NioDriver driver, NioListenSocket socket, NioWatch watch) {
        this.driver = driver;
        this.socket = socket;
        this.watch = watch;
    }

    @Override
    public @Nullable Endpoint accept() {
        fault = IoFault.NONE;
        SocketChannel accepted = null;
        try {
            accepted = socket.channel().accept();
            if (accepted == null) {
                return null;
            }
            accepted.configureBlocking(false);
            if (!socket.isFor(accepted)) {
                // Others may still be queued: the listening socket is reported again.
                NioChannels.close(accepted);
                return null;
            }
            socket.dress(accepted);
            return new NioEndpoint(driver, accepted, false);
        } catch (IOException e) {
            fault = NioFault.of(e);
            if (accepted != null) {
                NioChannels.close(accepted);
            }
            return null;
        }
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public void pause() {
        watch.accepting(false);
    }

    @Override
    public boolean resume() {
        watch.accepting(true);
        return true;
    }

    @Override
    public boolean isWatched() {
        return watch.isAccepting();
    }

    @Override
    public void close() {
        watch.end();
    }
}
