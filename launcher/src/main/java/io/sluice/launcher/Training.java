package io.sluice.launcher;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.sluice.core.config.Configuration;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Listening;
import io.sluice.core.cycle.Cycle;
import io.sluice.event.Server;
import io.sluice.event.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run for the JVM's cache: starts as always, asks itself everything that HTTP serves, and ends. On ports of its own and with a
 * prefix of its own, so that it disturbs nobody.
 */
record Training(Assembly assembly, Path file, PrintStream out, PrintStream err) {
    private static final String HTTP = "http";
    private static final List<String> PATHS = List.of("/", "/hello");
    private static final int CONNECTIONS = 20;
    private static final int REQUESTS_OF_EACH = 100;

    /** @throws StartException if the server could not be started */
    void run() throws StartException {
        try {
            Path folder = Files.createTempDirectory("sluice-train");
            try {
                new Serving(moved(folder), out, err).run(Training::exercise);
            } finally {
                remove(folder);
            }
        } catch (IOException failed) {
            throw new StartException("the training failed: " + failed, failed);
        }
    }

    private Cycle moved(Path prefix) throws IOException {
        List<Address> listened = assembly.load(file, prefix).listenings().stream()
                .map(Listening::address)
                .toList();
        ConfigObject tree = ConfigFactory.parseFile(file.toFile()).resolve().root();
        ConfigObject elsewhere = MovedPorts.ofMachine(listened).in(tree);
        return assembly.load(Configuration.of(elsewhere, assembly.references()), prefix);
    }

    private static void exercise(Server server) {
        Thread.ofPlatform().name("sluice-train").daemon().start(() -> {
            try {
                for (Address address : server.addresses(HTTP)) {
                    exercise(address);
                }
            } catch (IOException shortTraining) {
                // What was learned until now is kept.
            } finally {
                server.stop();
            }
        });
    }

    private static void exercise(Address address) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (PlainClient client = PlainClient.of(address.port())) {
                for (int j = 0; j < REQUESTS_OF_EACH; j++) {
                    client.get(PATHS.get(j % PATHS.size()));
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
