/** Turns readiness into calls; the only module that needs {@code --enable-native-access}. */
@SuppressWarnings("requires-automatic")
module io.sluice.event {
    requires transitive io.sluice.core;
    requires jdk.net;
    requires jdk.unsupported;
    requires org.jctools.core;
    requires static org.jspecify;

    exports io.sluice.event;
    exports io.sluice.event.spi;

    uses io.sluice.event.spi.DriverFactory;

    provides io.sluice.event.spi.DriverFactory with
            io.sluice.event.epoll.EpollDriverFactory,
            io.sluice.event.nio.NioDriverFactory;
}
