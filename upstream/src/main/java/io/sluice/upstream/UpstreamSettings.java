package io.sluice.upstream;

import java.util.List;

/** One entry of {@code upstreams}. */
record UpstreamSettings(String balance, KeepaliveSettings keepalive, List<ServerSettings> servers) {}
