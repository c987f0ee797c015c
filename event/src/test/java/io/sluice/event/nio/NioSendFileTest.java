package io.sluice.event.nio;

import io.sluice.event.spi.DriverFactory;
import io.sluice.event.spi.SendFileContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioSendFileTest extends SendFileContract {
    @Override
    protected DriverFactory factory() {
        return new NioDriverFactory();
    }
}
