package io.sluice.bench.interop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Differences that are meant, and why. One that is no more has to leave this table. */
final class Known {

    /** A case or all, what differs in it, nginx's, ours (anything, for a star), and the reason. */
    private static final String TABLE = """
            *                  | status            | HTTP/1.1 405 Not Allowed | HTTP/1.1 405 Method Not Allowed | RFC 9110's words
            *                  | status            | HTTP/1.1 416 Requested Range Not Satisfiable | HTTP/1.1 416 Range Not Satisfiable | RFC 9110's words
            *                  | allow             | (none)    | GET, HEAD                | RFC 9110, 15.5.6: an answer of 405 must have it
            a list of a folder | content-type      | text/html | text/html; charset=utf-8 | names of files are written as UTF-8
            a list of a folder | transfer-encoding | chunked   | (none)                   | a list is made whole, so that its length is known
            the head of a list | content-type      | text/html | text/html; charset=utf-8 | as of the list
            the head of a list | content-length    | (none)    | *                        | as of the list
            """;

    private record Meant(String name, String what, String nginx, String sluice, String reason) {

        static Meant read(String line) {
            String[] columns = line.split("\\|", 5);
            return new Meant(
                    columns[0].strip(), columns[1].strip(), columns[2].strip(), columns[3].strip(), columns[4].strip());
        }

        boolean fits(String inCase, Difference difference) {
            return (name.equals("*") || name.equals(inCase))
                    && what.equals(difference.what())
                    && nginx.equals(difference.nginx())
                    && (sluice.equals("*") || sluice.equals(difference.sluice()));
        }
    }

    private final List<Meant> all = TABLE.lines().map(Meant::read).toList();
    private final Set<Meant> notSeen = new LinkedHashSet<>(all);

    /** Why it is as it is; an empty text if this is not known. */
    String reason(String inCase, Difference difference) {
        for (Meant meant : all) {
            if (meant.fits(inCase, difference)) {
                notSeen.remove(meant);
                return meant.reason();
            }
        }
        return "";
    }

    /** Those that were not seen until now. */
    List<String> notSeen() {
        List<String> lines = new ArrayList<>();
        for (Meant meant : notSeen) {
            lines.add(meant.name() + ", " + meant.what() + ": " + meant.reason());
        }
        return lines;
    }
}
