package io.sluice.bench.interop;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One server of stream in the words of both, and what a client does with it. In the texts stand names of {@link StreamPeers} for their
 * addresses.
 *
 * @param listen of nginx, behind the address
 * @param nginx inside of its {@code server}
 * @param nginxUpstreams beside it
 * @param sluiceListen beside the address
 * @param sluice inside of the server
 * @param sluiceUpstreams beside stream
 */
record StreamRow(
        String name,
        String listen,
        String nginx,
        String nginxUpstreams,
        String sluiceListen,
        String sluice,
        String sluiceUpstreams,
        Exchange exchange) {

    /** What a client does with a server, and what came of it, in words that are the same for both. */
    @FunctionalInterface
    interface Exchange {
        String with(InetSocketAddress server) throws IOException;
    }

    static StreamRow of(String name, String nginx, String sluice, Exchange exchange) {
        return new StreamRow(name, "", nginx, "", "", sluice, "", exchange);
    }

    StreamRow listening(String nginxOption, String sluiceOption) {
        return new StreamRow(name, nginxOption, nginx, nginxUpstreams, sluiceOption, sluice, sluiceUpstreams, exchange);
    }

    StreamRow among(String nginxText, String sluiceText) {
        return new StreamRow(name, listen, nginx, nginxText, sluiceListen, sluice, sluiceText, exchange);
    }

    /** Each row has an address of its own, all of them the port of their server. */
    static String host(int index) {
        return "127.0.1." + (index + 1);
    }
}
