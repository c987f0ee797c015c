package io.sluice.balance.hash;

import io.sluice.upstream.balance.Peers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The points of consistent hashing, where nginx and Cache::Memcached::Fast have them (ketama): 160 for each unit of
 * weight, from the text of the server as it is configured. Peers of one text, as the addresses of a host name, share
 * their points. Immutable, 8 bytes a point; finding one costs O(log n).
 */
final class Ring {
    static final int POINTS_FOR_WEIGHT = 160;

    /** The longest array that every JVM makes. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /** While a ring is made. */
    private static final int BYTES_FOR_POINT = 16;

    /** Of the heap, for one that is made: the one whose place it takes is there still, and much else. */
    private static final int SHARE = 3;

    private static final String UNIX = "unix:";

    /** Ascending as numbers without a sign. */
    private final int[] hashes;

    /** Whose each point is. */
    private final int[] servers;

    /** Indexes of peers, those of one server side by side. */
    private final int[] members;

    /** Where the members of each server begin, and the end of the last. */
    private final int[] begins;

    Ring(Peers peers) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] serverOf = new int[peers.size()];
        long weights = 0;
        for (int i = 0; i < serverOf.length; i++) {
            String text = peers.server(i);
            Integer number = numbers.putIfAbsent(text, numbers.size());
            serverOf[i] = number == null ? numbers.size() - 1 : number;
            weights += peers.weight(i);
        }
        if (weights > mostWeights()) {
            throw new IllegalArgumentException(
                    "the weights add up to " + weights + ", and consistent hashing takes no more than " + mostWeights()
                            + " with this heap; smaller ones in the same proportions do as well");
        }
        begins = new int[numbers.size() + 1];
        members = new int[serverOf.length];
        group(serverOf);
        long[] made = points(peers, serverOf, (int) weights * POINTS_FOR_WEIGHT);
        int kept = 0;
        for (int i = 0; i < made.length; i++) {
            if (i == 0 || made[i] >>> Integer.SIZE != made[i - 1] >>> Integer.SIZE) {
                made[kept++] = made[i];
            }
        }
        hashes = new int[kept];
        servers = new int[kept];
        for (int i = 0; i < kept; i++) {
            hashes[i] = (int) (made[i] >>> Integer.SIZE);
            servers[i] = (int) made[i];
        }
    }

    /** What the weights of all peers may add up to. */
    static long mostWeights() {
        long bytes = Runtime.getRuntime().maxMemory() / SHARE;
        return Math.min(LONGEST, bytes / BYTES_FOR_POINT) / POINTS_FOR_WEIGHT;
    }

    private void group(int[] serverOf) {
        for (int server : serverOf) {
            begins[server + 1]++;
        }
        for (int i = 1; i < begins.length; i++) {
            begins[i] += begins[i - 1];
        }
        int[] next = begins.clone();
        for (int i = 0; i < serverOf.length; i++) {
            members[next[serverOf[i]]++] = i;
        }
    }

    /** @return hash and server of each point, sorted */
    private static long[] points(Peers peers, int[] serverOf, int count) {
        long[] points = new long[count];
        int made = 0;
        for (int i = 0; i < serverOf.length; i++) {
            int base = base(peers.server(i));
            int hash = 0;
            for (int left = peers.weight(i) * POINTS_FOR_WEIGHT; left > 0; left--) {
                hash = Crc32.end(Crc32.addLittleEndian(base, hash));
                points[made++] = (long) hash << Integer.SIZE ^ Long.MIN_VALUE | serverOf[i];
            }
        }
        Arrays.sort(points);
        for (int i = 0; i < count; i++) {
            points[i] ^= Long.MIN_VALUE;
        }
        return points;
    }

    /** The state of the checksum after host, a zero byte and port; a unix socket is all host. */
    private static int base(String text) {
        String host = text;
        String port = "";
        if (text.toLowerCase(Locale.ROOT).startsWith(UNIX)) {
            host = text.substring(UNIX.length());
        } else {
            int colon = text.lastIndexOf(':');
            if (colon >= 0 && isNumber(text, colon + 1)) {
                host = text.substring(0, colon);
                port = text.substring(colon + 1);
            }
        }
        int state = add(Crc32.START, host);
        return add(Crc32.add(state, 0), port);
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int add(int state, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return Crc32.add(state, octets, octets.length);
    }

    /** How many points there are. */
    int size() {
        return hashes.length;
    }

    /** @return the first point at or after this hash; {@link #size} behind the last */
    int find(int hash) {
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Integer.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whose a point is. */
    int server(int point) {
        return servers[point];
    }

    /** Indexes of peers; those of a server stand from {@link #begin} of it to that of the next. */
    int[] members() {
        return members;
    }

    int begin(int server) {
        return begins[server];
    }
}
