package io.sluice.event;

import io.sluice.event.linux.Signals;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signals of the process, in the best way this machine has: all of nginx's from a signalfd where every thread blocks them
 * (see the script that starts the server), else those that HotSpot leaves to others, HUP, INT and TERM.
 */
public final class ProcessSignals {
    /** The signals nginx knows. */
    public enum Signal {
        HUP(Signals.HUP),
        INT(Signals.INT),
        QUIT(Signals.QUIT),
        TERM(Signals.TERM),
        USR1(Signals.USR1),
        USR2(Signals.USR2),
        WINCH(Signals.WINCH);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        private static Signal of(int number) {
            for (Signal signal : values()) {
                if (signal.number == number) {
                    return signal;
                }
            }
            throw new IllegalArgumentException("nobody asked for signal " + number);
        }
    }

    /** Who is told, on a thread of its own; one signal after the other where they come from a signalfd. */
    @FunctionalInterface
    public interface Receiver {
        /** @param senderPid the process that sent it, 0 if it was the system or nobody knows */
        void received(Signal signal, int senderPid);
    }

    private static final Set<Signal> LEFT_BY_HOTSPOT = EnumSet.of(Signal.HUP, Signal.INT, Signal.TERM);

    private ProcessSignals() {}

    /**
     * Tells of signals from now on, as long as the process lives. Those that came before, and were blocked, are told of too.
     *
     * @return those that will be told of; the others do what the JVM makes of them
     */
    public static Set<Signal> receive(Receiver receiver) {
        int[] all = EnumSet.allOf(Signal.class).stream()
                .mapToInt(signal -> signal.number)
                .toArray();
        if (Signals.blocked(all)) {
            Signals.receive((number, pid) -> receiver.received(Signal.of(number), pid), all);
            return EnumSet.allOf(Signal.class);
        }
        return LEFT_BY_HOTSPOT.stream()
                .filter(signal -> handle(signal, receiver))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Signal.class)));
    }

    /** By reflection: javac has a warning for every mention of these classes, and no way to silence it. */
    private static boolean handle(Signal signal, Receiver receiver) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler =
                    Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, (_, _, _) -> {
                        receiver.received(signal, 0);
                        return null;
                    });
            Object named = type.getConstructor(String.class).newInstance(signal.name());
            type.getMethod("handle", type, handlerType).invoke(null, named, handler);
            return true;
        } catch (InvocationTargetException refused) {
            // It is the JVM's, as with -Xrs, or this system has no such signal.
            return false;
        } catch (ReflectiveOperationException absent) {
            return false;
        }
    }
}
