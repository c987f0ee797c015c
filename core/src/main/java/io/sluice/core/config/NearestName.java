package io.sluice.core.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses what a wrong name was meant to be: a setting, one of a few words, a variable, whatever has names that a user writes. */
public final class NearestName {

    private NearestName() {}

    /** The hint that ends a message, with a space before it; empty if no name is near. */
    public static String hint(String given, Collection<String> names) {
        String nearest = of(given, names);
        return nearest == null ? "" : " (did you mean '" + nearest + "'?)";
    }

    /** The name with the fewest slips from the given one, the first of equals; null if each needs too many. */
    public static @Nullable String of(String given, Collection<String> names) {
        return of(given, names, List.of());
    }

    /**
     * As {@link #of(String, Collection)}, also among families of names.
     *
     * @param prefixes each is meant with the given name's own rest behind it, of which something must be left
     */
    public static @Nullable String of(String given, Collection<String> names, Collection<String> prefixes) {
        String wanted = plain(given);
        String nearest = null;
        // A third may be wrong; more would be a guess.
        int fewest = wanted.length() / 3 + 1;
        for (String name : names) {
            int slips = distance(wanted, plain(name));
            if (slips < fewest && !name.equals(given)) {
                fewest = slips;
                nearest = name;
            }
        }
        for (String prefix : prefixes) {
            // The mistake may have made it longer or shorter by a letter.
            int longest = wanted.length() <= prefix.length() ? 0 : Math.min(prefix.length() + 1, wanted.length() - 1);
            for (int length = Math.max(1, prefix.length() - 1); length <= longest; length++) {
                int slips = distance(wanted.substring(0, length), plain(prefix));
                if (slips < fewest) {
                    fewest = slips;
                    nearest = prefix + given.substring(length);
                }
            }
        }
        return nearest;
    }

    /** nginx's proxy_pass is our proxy.pass, so neither underscore nor dot is a slip. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain.append(c == '_' || c == '.' ? '-' : Character.toLowerCase(c)); // of equal length, whatever the letter
        }
        return plain.toString();
    }

    /** Damerau and Levenshtein: letters inserted, left out, replaced, or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    current[j] = Math.min(current[j], before[j - 2] + 1);
                }
            }
            int[] recycled = before;
            before = previous;
            previous = current;
            current = recycled;
        }
        return previous[to.length()];
    }
}
