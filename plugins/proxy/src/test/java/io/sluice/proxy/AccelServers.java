package io.sluice.proxy;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers whose peer says something that is for the proxy, with {@link AccelPlaces}. They end with the test. */
final class AccelServers implements AfterEachCallback {
    private final TestServers servers = Proxies.servers(new AccelPlaces());

    /** A peer whose every answer has these headers and a short body. */
    Origin telling(String headers) {
        return closing(Origin.answering("HTTP/1.1 201 Created\r\n" + headers + "\r\nContent-Length: 4\r\n\r\nbody"));
    }

    TestServer start(String driver, String more, Origin peer, Origin other) {
        return servers.start(driver, AccelPlaces.conf(more, peer, other));
    }

    TestServer startWithHandClock(String driver, String more, Origin peer) {
        return servers.startWithHandClock(driver, AccelPlaces.conf(more, peer, peer));
    }

    /** What a client gets whose peer's answer has these headers. */
    Response answer(String driver, String headers, String path) {
        TestServer server = start(driver, "", telling(headers), closing(Origin.mirroring()));
        RawClient client = closing(server.client());
        return client.send(Proxies.get(path)).response();
    }

    <T extends AutoCloseable> T closing(T closeable) {
        return servers.closing(closeable);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        servers.afterEach(context);
    }
}
