package io.sluice.proxy;

import io.sluice.http.HttpHandler;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;

/** The content of a proxied location on one worker. */
final class ProxyHandler implements HttpHandler {
    private final ProxyWorker worker;
    private final ProxyConf conf;

    ProxyHandler(ProxyWorker worker, ProxyConf conf) {
        this.worker = worker;
        this.conf = conf;
    }

    @Override
    public Outcome handle(HttpRequest request) {
        request.perConnection(ProxySession.KEY, worker.sessions()).start(conf);
        return Outcome.PARKED;
    }
}
