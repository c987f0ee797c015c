package io.sluice.event.nio;

import io.sluice.event.spi.DatagramListenContract;
import io.sluice.event.spi.DriverFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioDatagramListenTest extends DatagramListenContract {
    @Override
    protected DriverFactory factory() {
        return new NioDriverFactory();
    }
}
