package io.sluice.balance.roundrobin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Computes the period from the very first get on, when all current weights are 0. The same choices as nginx's walk, at
 * the cost of the number of different weights instead of the number of peers: peers of one weight rise together, so
 * that their order changes only by being chosen.
 */
final class FirstPeriod {
    private FirstPeriod() {}

    /** @param paid how much it has paid so far; what it gained is the same for all of one weight */
    private record Contender(int index, long paid) {}

    private record Equals(long weight, PriorityQueue<Contender> peers) {}

    /**
     * @param weights 0 for a peer that takes no part
     * @param total their sum
     * @param length the sum over the greatest common divisor
     */
    static Period of(int[] weights, long total, int length) {
        List<Equals> classes = classes(weights);
        int[] choices = new int[length];
        for (int step = 0; step < length; step++) {
            Equals best = best(classes, step + 1);
            Contender chosen = best.peers().remove();
            choices[step] = chosen.index();
            best.peers().add(new Contender(chosen.index(), chosen.paid() + total));
        }
        return new Period(choices, new long[weights.length]);
    }

    private static List<Equals> classes(int[] weights) {
        TreeMap<Integer, Equals> byWeight = new TreeMap<>();
        Comparator<Contender> order = Comparator.comparingLong(Contender::paid).thenComparingInt(Contender::index);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                byWeight.computeIfAbsent(weights[i], weight -> new Equals(weight, new PriorityQueue<>(order)))
                        .peers()
                        .add(new Contender(i, 0));
            }
        }
        return new ArrayList<>(byWeight.values());
    }

    private static Equals best(List<Equals> classes, long steps) {
        Equals best = classes.getFirst();
        for (Equals one : classes) {
            if (one != best && isBefore(one, best, steps)) {
                best = one;
            }
        }
        return best;
    }

    /** The greater current weight wins, the earlier in the configuration of equals. */
    private static boolean isBefore(Equals one, Equals other, long steps) {
        Contender a = one.peers().element();
        Contender b = other.peers().element();
        long currentA = steps * one.weight() - a.paid();
        long currentB = steps * other.weight() - b.paid();
        return currentA != currentB ? currentA > currentB : a.index() < b.index();
    }
}
