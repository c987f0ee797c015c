package io.sluice.core.variable;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant who wrote a name that is not there. */
final class NearestName {
    private NearestName() {}

    /** The nearest of the names, or of the prefixes with the wanted name's rest behind it; null if none is near. */
    static @Nullable String of(String wanted, Collection<String> names, Collection<String> prefixes) {
        // A third may be wrong; more would be a guess.
        int best = wanted.length() / 3 + 1;
        String nearest = null;
        for (String name : names) {
            int distance = distance(wanted, name);
            if (distance < best || (distance == best && nearest != null && name.compareTo(nearest) < 0)) {
                best = distance;
                nearest = name;
            }
        }
        for (String prefix : prefixes) {
            if (wanted.length() <= prefix.length()) {
                continue;
            }
            // The mistake may have made it longer or shorter by a letter; something must be left for the suffix.
            int longest = Math.min(prefix.length() + 1, wanted.length() - 1);
            for (int length = Math.max(1, prefix.length() - 1); length <= longest; length++) {
                int distance = distance(wanted.substring(0, length), prefix);
                if (distance < best) {
                    best = distance;
                    nearest = prefix + wanted.substring(length);
                }
            }
        }
        return nearest;
    }

    /** Insertions, removals, replacements and swaps of neighbours that lead from one to the other. */
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }
}
