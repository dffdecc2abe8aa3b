package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The data of a scalar regression discontinuity: outcome, running variable, perhaps treatment, clusters, weights. Immutable. */
public final class RdSample {
    private final double[] outcome;
    private final double[] runningVariable;
    private final double @Nullable [] treatment;
    private final int @Nullable [] clusters;
    private final double @Nullable [] weights;

    private RdSample(
            double[] outcome,
            double[] runningVariable,
            double @Nullable [] treatment,
            int @Nullable [] clusters,
            double @Nullable [] weights) {
        this.outcome = outcome;
        this.runningVariable = runningVariable;
        this.treatment = treatment;
        this.clusters = clusters;
        this.weights = weights;
    }

    /**
     * @param y outcome
     * @param x running variable, as many
     * @return the sample of a sharp design, copied
     * @throws IllegalArgumentException if the lengths differ, or a value is not finite
     */
    public static RdSample of(double[] y, double[] x) {
        requireSameLength("the outcome", y.length, x.length);
        Arguments.allFinite("the running variable", x);
        Arguments.allFinite("the outcome", y);
        return new RdSample(y.clone(), x.clone(), null, null, null);
    }

    /**
     * @param t treatment received, normally 0 or 1, one per row
     * @return a copy for a fuzzy design
     * @throws IllegalArgumentException if the length differs, a value is not finite, or all are equal
     */
    public RdSample withTreatment(double... t) {
        requireSameLength("the treatment", t.length, runningVariable.length);
        Arguments.allFinite("the treatment", t);
        Arguments.require(
                t.length == 0 || Arrays.stream(t).anyMatch(v -> v != t[0]),
                "the treatment is constant (%s): there is no first stage",
                t.length == 0 ? "" : t[0]);
        return new RdSample(outcome, runningVariable, t.clone(), clusters, weights);
    }

    /**
     * @param ids cluster of every row, any integers
     * @return a copy whose variances are clustered ({@link RdVariance#CR1})
     * @throws IllegalArgumentException if the length differs
     */
    public RdSample withClusters(int... ids) {
        requireSameLength("the clusters", ids.length, runningVariable.length);
        Map<Integer, Integer> codes = new HashMap<>();
        int[] compact = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Integer code = codes.putIfAbsent(ids[i], codes.size());
            compact[i] = code == null ? codes.size() - 1 : code;
        }
        return new RdSample(outcome, runningVariable, treatment, compact, weights);
    }

    /**
     * @param w weight of every row, which multiplies its kernel weight
     * @return a weighted copy
     * @throws IllegalArgumentException if the length differs or a weight is not positive and finite
     */
    public RdSample withWeights(double... w) {
        requireSameLength("the weights", w.length, runningVariable.length);
        for (int i = 0; i < w.length; i++) {
            Arguments.require(
                    w[i] > 0 && Double.isFinite(w[i]),
                    "weights must be positive and finite, but the one at position %d is %s",
                    i + 1,
                    w[i]);
        }
        return new RdSample(outcome, runningVariable, treatment, clusters, w.clone());
    }

    /**
     * @param y another outcome, one per row
     * @return a copy with that outcome, sharp
     * @throws IllegalArgumentException if the length differs or a value is not finite
     */
    public RdSample withOutcome(double... y) {
        requireSameLength("the outcome", y.length, runningVariable.length);
        Arguments.allFinite("the outcome", y);
        return new RdSample(y.clone(), runningVariable, null, clusters, weights);
    }

    private static void requireSameLength(String name, int length, int rows) {
        Arguments.require(length == rows, "%s has %d values, but the running variable has %d", name, length, rows);
    }

    /** @return number of rows */
    public int size() {
        return runningVariable.length;
    }

    /** @return whether a treatment was given */
    public boolean isFuzzy() {
        return treatment != null;
    }

    /** @return whether clusters were given */
    public boolean isClustered() {
        return clusters != null;
    }

    /** @return a copy of the running variable */
    public double[] runningVariable() {
        return runningVariable.clone();
    }

    /** @return a copy of the outcome */
    public double[] outcome() {
        return outcome.clone();
    }

    /** The rows whose running variable passes. */
    RdSample keep(DoublePredicate test) {
        int[] rows = IntStream.range(0, size())
                .filter(i -> test.test(runningVariable[i]))
                .toArray();
        int[] ids = clusters;
        return new RdSample(
                picked(outcome, rows),
                picked(runningVariable, rows),
                treatment == null ? null : picked(treatment, rows),
                ids == null ? null : Arrays.stream(rows).map(i -> ids[i]).toArray(),
                weights == null ? null : picked(weights, rows));
    }

    private static double[] picked(double[] values, int[] rows) {
        double[] kept = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            kept[k] = values[rows[k]];
        }
        return kept;
    }

    /** Outcome and treatment, row by row. */
    Side[] sides(double cutoff) {
        int n = size();
        double[] t = treatment;
        double[] responses = outcome;
        if (t != null) {
            responses = new double[2 * n];
            for (int i = 0; i < n; i++) {
                responses[2 * i] = outcome[i];
                responses[2 * i + 1] = t[i];
            }
        }
        return Side.both(runningVariable, cutoff, responses, t == null ? 1 : 2, clusters, weights);
    }
}
