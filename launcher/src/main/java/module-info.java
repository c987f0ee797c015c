/** The command line. */
module io.sluice.launcher {
    requires info.picocli;
    requires io.sluice.balance;
    requires io.sluice.proxy;
}
