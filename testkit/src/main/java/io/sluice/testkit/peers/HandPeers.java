package io.sluice.testkit.peers;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Candidates;

/**
 * Peers that a test puts together: for a chooser that is asked without an upstream, and for what balancers compute of peers. They have
 * addresses of their own, no limits and no failures, and may all be tried until the test says something else.
 */
public final class HandPeers implements Candidates {
    private final int[] weights;
    private final int[] active;
    private final boolean[] barred;

    private HandPeers(int[] weights) {
        this.weights = weights;
        this.active = new int[weights.length];
        this.barred = new boolean[weights.length];
    }

    /** One peer for each weight. */
    public static HandPeers ofWeights(int... weights) {
        return new HandPeers(weights.clone());
    }

    /** So many attempts hold the peer. */
    public HandPeers active(int index, int count) {
        active[index] = count;
        return this;
    }

    /** The peer may not be tried. */
    public HandPeers bar(int index) {
        barred[index] = true;
        return this;
    }

    @Override
    public boolean mayTry(int index) {
        return !barred[index];
    }

    @Override
    public int size() {
        return weights.length;
    }

    @Override
    public int weight(int index) {
        return weights[index];
    }

    @Override
    public int active(int index) {
        return active[index];
    }

    @Override
    public int maxActive(int index) {
        return 0;
    }

    @Override
    public int fails(int index) {
        return 0;
    }

    @Override
    public int maxFails(int index) {
        return 1;
    }

    @Override
    public boolean isDown(int index) {
        return false;
    }

    @Override
    public Address address(int index) {
        return Address.inet(new byte[] {10, 0, (byte) (index >> 8), (byte) index}, 80);
    }

    @Override
    public String server(int index) {
        return address(index).toString();
    }
}
