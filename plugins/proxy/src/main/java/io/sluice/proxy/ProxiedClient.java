package io.sluice.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.upstream.sticky.StickyClient;
import java.util.List;

/**
 * A client's request as the stickiness of its upstream sees it: what the client keeps are cookies. Used again for each request of a client.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxiedClient implements StickyClient {
    private final HttpRequest request;
    private List<Template<HttpRequest>> texts = List.of();

    /** Whose cookie it is: requests that were redirected from one place with an upstream to another tell of it once. */
    private Object owner = this;

    ProxiedClient(HttpRequest request) {
        this.request = request;
    }

    /** For a request to a place with a sticky upstream. */
    ProxiedClient of(ProxyConf conf, List<Template<HttpRequest>> stickyTexts) {
        owner = conf.upstream();
        texts = stickyTexts;
        return this;
    }

    @Override
    public void text(int index, BytesSink out) {
        texts.get(index).evaluate(request, out);
    }

    @Override
    public void kept(byte[] lowerCase, BytesSink out) {
        int before = out.count();
        if (!request.cookie(lowerCase, out)) {
            out.truncate(before);
        }
    }

    @Override
    public void tell(byte[] what, int length) {
        request.lastingHeader(owner, HeaderName.SET_COOKIE, what, length);
    }
}
