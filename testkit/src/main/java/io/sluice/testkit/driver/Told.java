package io.sluice.testkit.driver;

/** A socket whose readiness a {@link ScriptedDriver} reports. */
interface Told {
    /** {@link io.sluice.event.spi.Readiness} bits to be reported now, counted as reported. */
    int tell();

    /** Under which it is reported. */
    long token();
}
