/** The command line. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.sluice.launcher {
    requires info.picocli;
    requires io.sluice.balance;
    requires io.sluice.files;
    requires io.sluice.gzip;
    requires io.sluice.http;
    requires io.sluice.proxy;
    requires io.sluice.proxyprotocol;
    requires io.sluice.sticky;
    requires io.sluice.stream;

    uses io.sluice.event.spi.DriverFactory;
}
