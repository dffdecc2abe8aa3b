package io.verity.estimators.r3d;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The units that enter, with the running variable measured from the cutoff. */
final class Units {
    final QuantileMatrix matrix;
    /** Distance from the cutoff; at or above zero is the right side. */
    final double[] x;

    private final double @Nullable [] unitWeights;

    Units(QuantileMatrix matrix, double cutoff) {
        this(matrix, Arrays.stream(matrix.x()).map(v -> v - cutoff).toArray());
    }

    private Units(QuantileMatrix matrix, double[] x) {
        this.matrix = matrix;
        this.x = x;
        unitWeights = matrix.weightsOfUnits();
    }

    /** The same units with distances in another unit of measurement. */
    Units inUnitsOf(double distance) {
        return new Units(matrix, Arrays.stream(x).map(v -> v / distance).toArray());
    }

    int count() {
        return x.length;
    }

    double @Nullable [] unitWeights() {
        return unitWeights;
    }

    double weight(int i) {
        return unitWeights == null ? 1 : unitWeights[i];
    }

    /** \( n\sum\omega^2/(\sum\omega)^2 \). */
    double designEffect() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weight(i);
            squares += weight(i) * weight(i);
        }
        return x.length * squares / (sum * sum);
    }

    double farthest() {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    /** The k-th smallest distinct distance on one side, infinite when there are fewer. */
    double distinctDistance(boolean right, int k) {
        return distinctDistance(x, right, k);
    }

    /** The same of any distances. */
    static double distinctDistance(double[] x, boolean right, int k) {
        double[] sorted = Arrays.stream(x)
                .filter(v -> v >= 0 == right)
                .map(Math::abs)
                .sorted()
                .distinct()
                .limit(k)
                .toArray();
        return sorted.length < k ? Double.POSITIVE_INFINITY : sorted[k - 1];
    }
}
