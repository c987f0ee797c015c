package io.sluice.stream;

import io.sluice.core.accesslog.PlaceLogs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code stream.servers}, shared by all workers.
 *
 * @param index over all servers of the cycle: where each worker has its content handler
 * @param prereadBytes the most that is read for the phase PREREAD
 * @param parts what plugins have made of this server, by identity
 * @param content who has its sessions; null if nobody was named
 */
record ServerConf(
        int index,
        boolean noDelay,
        int prereadBytes,
        long prereadMillis,
        Map<ServerPart<?>, Object> parts,
        @Nullable HandlerFactory content,
        PlaceLogs logs) {}
