package io.sluice.bench.interop;

import java.util.Map;
import java.util.TreeMap;

/** Differences that are meant, and why. One that is no more has to leave this table. */
final class Known {

    /** A case, what differs in it, and the reason. */
    private static final String TABLE = """
            """;

    private final Map<String, String> reasons = new TreeMap<>();

    Known() {
        for (String line : TABLE.lines().toList()) {
            String[] columns = line.split(" : ", 3);
            reasons.put(key(columns[0].strip(), columns[1].strip()), columns[2].strip());
        }
    }

    /** The reason, once; an empty text if this is not known. */
    String take(String name, String what) {
        String reason = reasons.remove(key(name, what));
        return reason == null ? "" : reason;
    }

    /** Those that nobody has taken. */
    Iterable<String> left() {
        return reasons.keySet();
    }

    private static String key(String name, String what) {
        return name + ": " + what;
    }
}
