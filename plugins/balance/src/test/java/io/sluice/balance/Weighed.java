package io.sluice.balance;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Peers;

/** Peers of which only the weights are known. */
public record Weighed(int... weights) implements Peers {
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
        return 0;
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
        return Address.inet(new byte[] {10, 0, 0, (byte) index}, 80);
    }

    @Override
    public String server(int index) {
        return address(index).toString();
    }
}
