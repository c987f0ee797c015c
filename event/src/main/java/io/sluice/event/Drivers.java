package io.sluice.event;

import io.sluice.event.spi.DriverFactory;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the drivers there are and chooses one. */
public final class Drivers {
    private Drivers() {}

    /**
     * @param name as {@code events.driver}: a driver's name, or {@code auto} for the best that this machine has
     * @throws StartException naming what was found, and why it was refused
     */
    public static DriverFactory choose(String name) throws StartException {
        List<DriverFactory> found = ServiceLoader.load(DriverFactory.class, Drivers.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(DriverFactory::preference).reversed())
                .toList();
        for (DriverFactory factory : found) {
            boolean wanted = name.equals("auto") || name.equals(factory.name());
            if (wanted && factory.unavailable() == null) {
                return factory;
            }
        }
        StringBuilder message =
                new StringBuilder("events.driver = ").append(name).append(" cannot be had");
        for (DriverFactory factory : found) {
            String reason = factory.unavailable();
            message.append("; ").append(factory.name()).append(reason == null ? " could be" : " cannot be: " + reason);
        }
        throw new StartException(message.toString());
    }
}
