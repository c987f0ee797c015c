package io.sluice.event.nio;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.OutgoingContract;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioOutgoingTest extends OutgoingContract {
    @Override
    protected DriverFactory factory() {
        return new NioDriverFactory();
    }

    @Override
    protected int option(Endpoint endpoint, SocketOption option) throws IOException {
        SocketChannel channel = ((NioEndpoint) endpoint).channel();
        return switch (option) {
            case RECEIVE_BUFFER -> channel.getOption(StandardSocketOptions.SO_RCVBUF);
            case SEND_BUFFER -> channel.getOption(StandardSocketOptions.SO_SNDBUF);
            case KEEPALIVE -> channel.getOption(StandardSocketOptions.SO_KEEPALIVE) ? 1 : 0;
            case KEEPALIVE_IDLE_SECONDS -> channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
            case KEEPALIVE_INTERVAL_SECONDS -> channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
            case KEEPALIVE_PROBES -> channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
            case TCP_NODELAY, TCP_CORK, NOTSENT_LOWAT -> throw new IllegalArgumentException("not asked here");
        };
    }
}
