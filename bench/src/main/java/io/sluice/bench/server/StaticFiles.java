package io.sluice.bench.server;

import java.nio.file.Path;

/**
 * What is under {@code /files/}, the same for both sides: sent by sendfile, head and file in one segment.
 *
 * @param cached whether the servers may keep files open between requests
 */
public record StaticFiles(Path root, boolean cached) {}
