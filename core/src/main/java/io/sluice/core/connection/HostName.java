package io.sluice.core.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The name of this machine, in lower case as nginx has it. */
final class HostName {
    /** Where Linux tells it; elsewhere the JVM asks, which may also ask who is behind the name. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** Asked anew for each load. */
    static String read() {
        return ask().strip().toLowerCase(Locale.ROOT);
    }

    private static String ask() {
        try {
            return Files.readString(KERNEL);
        } catch (IOException notLinux) {
            return fromTheJvm();
        }
    }

    private static String fromTheJvm() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
