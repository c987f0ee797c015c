package io.sluice.event.nio;

import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.PeerDatagramsContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioPeerDatagramsTest extends PeerDatagramsContract {
    @Override
    protected DriverFactory factory() {
        return new NioDriverFactory();
    }
}
