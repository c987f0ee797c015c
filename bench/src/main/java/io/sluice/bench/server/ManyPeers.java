package io.sluice.bench.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One origin under many addresses of 127.0.0.0/8, and how its peers are chosen: an upstream for each way. A connection to each peer is
 * kept, so that a request costs what choosing and finding costs, and not what connecting does.
 */
public record ManyPeers(int count, List<Balancing> ways) {

    /** There are more clients than a few peers' connections. */
    private static final int LEAST_KEPT = 64;

    int kept() {
        return Math.max(count, LEAST_KEPT);
    }

    /** A line for each peer, made of its address. */
    String servers(int port, String before, String after) {
        return IntStream.range(0, count)
                .mapToObj(i -> before + "127." + (1 + i / 62_500) + "." + (i / 250 % 250) + "." + (1 + i % 250) + ":"
                        + port + after)
                .collect(Collectors.joining("\n"));
    }
}
