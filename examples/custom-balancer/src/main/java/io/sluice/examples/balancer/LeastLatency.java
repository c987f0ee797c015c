package io.sluice.examples.balancer;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.PluginId;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import io.sluice.upstream.balance.UpstreamBinder;
import java.util.concurrent.atomic.AtomicLongArray;

/** {@code balance = least-latency}: the peer that has answered fastest of late; one that failed counts as slow. */
@PluginId("balance.least-latency")
public final class LeastLatency implements Plugin {
    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).balancer("least-latency", Latencies::new);
    }

    /** Of one group of peers, for all workers at once. What each took adds up and fades, an eighth at a time. */
    private record Latencies(AtomicLongArray millis) implements Balancer {
        Latencies(Peers peers) {
            this(new AtomicLongArray(peers.size()));
        }

        @Override
        public Choice get(PeerRequest request) {
            Candidates peers = request.peers();
            int best = -1;
            for (int i = 0; i < peers.size(); i++) {
                best = peers.mayTry(i) && (best < 0 || millis.get(i) < millis.get(best)) ? i : best;
            }
            // Another worker may have taken its last place meanwhile.
            return best < 0 ? Choice.BUSY : request.take(best) ? Choice.PEER : get(request);
        }

        @Override
        public void notify(PeerRequest request, PeerEvent event) {
            if (event == PeerEvent.HEADER) {
                learn(request, request.nowMillis() - request.takenMillis());
            }
        }

        @Override
        public void free(PeerRequest request, Outcome outcome) {
            if (outcome.isFailed()) {
                learn(request, 10_000);
            }
        }

        private void learn(PeerRequest request, long took) {
            millis.accumulateAndGet(request.taken(), took, (old, latest) -> old - old / 8 + latest);
        }
    }
}
