package io.sluice.examples.balancer;

import io.sluice.core.plugin.PluginId;
import io.sluice.upstream.balance.BalancerPlugin;
import io.sluice.upstream.balance.Candidates;

/** {@code balance = least-active}: the peer with the fewest requests for its weight, of equals the first. */
@PluginId("balance.least-active")
public final class LeastActive implements BalancerPlugin {
    @Override
    public int choose(Candidates peers, long key) {
        int best = NONE;
        for (int i = 0; i < peers.size(); i++) {
            best = peers.mayTry(i) && (best == NONE || load(peers, i) < load(peers, best)) ? i : best;
        }
        return best;
    }

    private static double load(Candidates peers, int index) {
        return (double) peers.active(index) / peers.weight(index);
    }
}
