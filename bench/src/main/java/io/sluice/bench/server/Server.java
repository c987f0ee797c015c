package io.sluice.bench.server;

import java.nio.file.Path;
import java.util.List;

/** One of the two that are compared: how it is configured and started. */
public interface Server {

    String name();

    /** The text of a configuration. The folder is the run's own, for what the server wants to write. */
    String configuration(Wanted wanted, int port, int originPort, Path folder);

    List<String> command(Path configuration, Path folder);
}
