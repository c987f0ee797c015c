package io.sluice.bench.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle one, or the mean of the two in the middle. */
final class Median {

    private Median() {}

    static <T> double of(List<T> items, ToDoubleFunction<T> value) {
        double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double of(List<Double> values) {
        return of(values, Double::doubleValue);
    }
}
