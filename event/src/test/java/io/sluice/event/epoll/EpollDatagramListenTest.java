package io.sluice.event.epoll;

import io.sluice.event.spi.DatagramListenContract;
import io.sluice.event.spi.DriverFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EpollDatagramListenTest extends DatagramListenContract {
    @Override
    protected DriverFactory factory() {
        return new EpollDriverFactory();
    }
}
