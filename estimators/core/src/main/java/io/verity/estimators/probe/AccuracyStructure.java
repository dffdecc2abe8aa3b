package io.verity.estimators.probe;

import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.RidgePath;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.inference.Distributions;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;

/**
 * Does the structure that theory finds in Gaussian data predict the accuracy of probes on real states (Gao et al. 2026, their plug-in
 * test)? Given the logit U of a good model, the score S of a probe is taken for normal, \( S|U \sim N(aU+b, \sigma^2) \), and so
 * the probe's accuracy for \( E[g(U)\Phi(\frac{aU+b}\sigma) + (1-g(U))\Phi(-\frac{aU+b}\sigma)] \) with \( g(u) = P(y=1|U=u) \).
 * Immutable.
 *
 * <p>A fifth of the rows is held out. For every fraction of the others and several subsamples: U (cross-validated ridge logistic
 * regression without intercept) and S (ridge at every C) come out of 5-fold cross-fitting, standardised inside the folds; a, b and
 * sigma by least squares, sigma at least 0.2; g by isotonic regression. On the held-out rows U is the logit of the folds' mean
 * probability. The true accuracy is that of the probe fitted on the whole subsample. The recipe is the authors' code's; that U's
 * penalty is chosen by log loss is ours.
 */
public final class AccuracyStructure {
    private static final String STREAM = "probe/structure";
    private static final int FOLDS = 5;
    private static final int INNER_FOLDS = 3;
    private static final double HELD_OUT = 0.2;
    private static final double CLIP = 1e-6;
    private static final double LEAST_DEVIATION = 0.2;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double[] ORACLE_C = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};
    private static final AccuracyStructure DEFAULT = new AccuracyStructure(
            new double[] {0.1, 0.2, 0.35, 0.5, 0.75, 1},
            new double[] {1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100},
            5,
            42,
            Raptor.withDefaults());

    private final double[] fractions;
    private final double[] c;
    private final int subsamples;
    private final long seed;
    private final Raptor raptor;

    private AccuracyStructure(double[] fractions, double[] c, int subsamples, long seed, Raptor raptor) {
        this.fractions = fractions;
        this.c = c;
        this.subsamples = subsamples;
        this.seed = seed;
        this.raptor = raptor;
    }

    /**
     * True and predicted accuracies, means over subsamples.
     *
     * @param fractions of the training rows
     * @param c inverse penalties of the probes
     * @param trueAccuracy per C, then per fraction: on the held-out rows
     * @param predictedAccuracy per C, then per fraction: by the formula
     * @param spearman per C: rank correlation of the two over the fractions; NaN where one does not vary
     */
    @SuppressWarnings("ArrayRecordComponent") // two results are never compared
    public record Result(
            double[] fractions, double[] c, double[][] trueAccuracy, double[][] predictedAccuracy, double[] spearman) {

        /** @return median over C of the rank correlations that exist; NaN if none does */
        public double medianSpearman() {
            double[] found = Arrays.stream(spearman)
                    .filter(r -> !Double.isNaN(r))
                    .sorted()
                    .toArray();
            int n = found.length;
            return n == 0 ? Double.NaN : 0.5 * (found[(n - 1) / 2] + found[n / 2]);
        }

        /** @return one row per C and fraction */
        public ResultTable toTable() {
            ResultTable.Builder table = ResultTable.named("structure", "True and predicted accuracy")
                    .number("c", "C", "")
                    .number("fraction", "fraction of the training rows", "")
                    .number("true", "true accuracy", "")
                    .number("predicted", "predicted accuracy", "");
            for (int k = 0; k < c.length; k++) {
                for (int f = 0; f < fractions.length; f++) {
                    table.row(c[k], fractions[f], trueAccuracy[k][f], predictedAccuracy[k][f]);
                }
            }
            return table.build();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "accuracy structure: median rank correlation %.3f of true and predicted accuracy over %d fractions, %d"
                            + " values of C",
                    medianSpearman(),
                    fractions.length,
                    c.length);
        }
    }

    /** @return six fractions, eleven values of C, five subsamples, seed 42 */
    public static AccuracyStructure withDefaults() {
        return DEFAULT;
    }

    /**
     * @param values of the training rows, in (0, 1], at least two
     * @return a copy with these fractions
     * @throws IllegalArgumentException if one is outside (0, 1] or there are fewer than two
     */
    public AccuracyStructure withFractions(double... values) {
        Arguments.atLeast("fractions", values.length, 2);
        for (double value : values) {
            Arguments.require(value > 0 && value <= 1, "a fraction must lie in (0, 1], but is %s", value);
        }
        return new AccuracyStructure(values.clone(), c, subsamples, seed, raptor);
    }

    /**
     * @param c inverse penalties of the probes, positive
     * @return a copy with them
     * @throws IllegalArgumentException if there is none or one is not positive and finite
     */
    public AccuracyStructure withC(double... c) {
        double[] copy = Raptor.withDefaults().withGrid(c).grid();
        return new AccuracyStructure(fractions, copy, subsamples, seed, raptor);
    }

    /**
     * @param count subsamples per fraction, at least 1
     * @return a copy with that many
     * @throws IllegalArgumentException if it is below 1
     */
    public AccuracyStructure withSubsamples(int count) {
        Arguments.atLeast("subsamples", count, 1);
        return new AccuracyStructure(fractions, c, count, seed, raptor);
    }

    /**
     * @param seed of all draws
     * @return a copy with that seed
     */
    public AccuracyStructure withSeed(long seed) {
        return new AccuracyStructure(fractions, c, subsamples, seed, raptor);
    }

    /**
     * @param raptor whose solver, backend, threads and scale floor are used
     * @return a copy that uses them
     */
    public AccuracyStructure with(Raptor raptor) {
        return new AccuracyStructure(fractions, c, subsamples, seed, raptor);
    }

    /**
     * @param x states
     * @param y 0 or 1 per row
     * @return true and predicted accuracies
     * @throws IllegalArgumentException if labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.estimators.logistic.SingleClassException if the rows belong to one class
     * @throws EstimationException if a subsample has fewer than three rows of a class
     */
    public Result assess(DMatrixRMaj x, int[] y) {
        Rows.checkTwoClasses(x.numRows, y);
        int[] all = Rows.all(x.numRows);
        TunedFit.checkBothClasses(y, all);
        int[] evaluation = Stratification.draw(
                all, y, null, (int) Math.ceil(HELD_OUT * all.length), RandomStream.of(seed, STREAM, -1, 0));
        int[] training = Rows.without(all, evaluation);
        int penalties = c.length;
        List<double[][]> runs = Parallel.map(
                fractions.length * subsamples,
                raptor.threads(),
                k -> run(x, y, training, evaluation, k / subsamples, k % subsamples));
        double[][] actual = new double[penalties][fractions.length];
        double[][] predicted = new double[penalties][fractions.length];
        for (int k = 0; k < runs.size(); k++) {
            for (int j = 0; j < penalties; j++) {
                actual[j][k / subsamples] += runs.get(k)[0][j] / subsamples;
                predicted[j][k / subsamples] += runs.get(k)[1][j] / subsamples;
            }
        }
        double[] spearman = IntStream.range(0, penalties)
                .mapToDouble(
                        j -> Distributions.spearman(actual[j], predicted[j]).orElse(Double.NaN))
                .toArray();
        return new Result(fractions.clone(), c.clone(), actual, predicted, spearman);
    }

    /** True and predicted accuracy per C of one subsample. */
    private double[][] run(DMatrixRMaj x, int[] y, int[] training, int[] evaluation, int fraction, int subsample) {
        RandomStream stream = RandomStream.of(seed, STREAM, fraction, subsample);
        int size = (int) Math.round(fractions[fraction] * training.length);
        int[] rows = size >= training.length ? training : Stratification.draw(training, y, null, size, stream);
        checkClasses(y, rows, fraction);
        int penalties = c.length;
        double[] u = new double[rows.length];
        double[][] s = new double[penalties][rows.length];
        double[] meanProbability = new double[evaluation.length];
        for (int[] fold : Stratification.folds(rows, y, null, FOLDS, stream)) {
            int[] rest = Rows.without(rows, fold);
            Standardizer standardizer = Standardizer.of(x, rest, raptor.settings().scaleFloor);
            DMatrixRMaj z = standardizer.transform(x, rest);
            DMatrixRMaj held = standardizer.transform(x, fold);
            int[] labels = Rows.select(y, rest);
            LinearProbe oracle = oracle(z, labels, stream);
            double[] logits = oracle.scores(held);
            RidgePath path = solver(true).path(z, labels, lambdas(c));
            DMatrixRMaj scores = path.scores(held);
            for (int k = 0; k < fold.length; k++) {
                int at = Arrays.binarySearch(rows, fold[k]);
                u[at] = clipped(logits[k]);
                for (int j = 0; j < penalties; j++) {
                    s[j][at] = scores.get(k, j);
                }
            }
            double[] outside = oracle.scores(standardizer.transform(x, evaluation));
            for (int k = 0; k < outside.length; k++) {
                meanProbability[k] += LinearProbe.probability(clipped(outside[k])) / FOLDS;
            }
        }
        double[] evaluated = Arrays.stream(meanProbability).map(Steering::logit).toArray();
        double[] g = new MonotoneCurve(u, Rows.select(y, rows)).at(evaluated);
        double[] actual = actual(x, y, rows, evaluation);
        double[] predicted = new double[penalties];
        for (int j = 0; j < penalties; j++) {
            predicted[j] = predicted(u, s[j], evaluated, g);
        }
        return new double[][] {actual, predicted};
    }

    /** Both classes must be left where a fold is held out, and a fold of the rest. */
    private void checkClasses(int[] y, int[] rows, int fraction) {
        long ones = Arrays.stream(rows).filter(i -> y[i] == 1).count();
        long rarer = Math.min(ones, rows.length - ones);
        if (rarer < INNER_FOLDS) {
            throw new EstimationException(
                    "the fraction " + fractions[fraction] + " of the training rows is " + rows.length + " rows, "
                            + rarer + " of the rarer class: too few for cross-fitting",
                    "take a larger smallest fraction");
        }
    }

    private RidgeLogistic solver(boolean intercept) {
        RaptorSettings inner = raptor.settings();
        return inner.solver.with(inner.backend()).withIntercept(intercept);
    }

    private static double[] lambdas(double[] c) {
        return Arrays.stream(c).map(v -> 1 / v).toArray();
    }

    private static double clipped(double logit) {
        double most = Steering.logit(1 - CLIP);
        return Math.max(-most, Math.min(most, logit));
    }

    /** The good model: no intercept, C by the held-out log loss of three folds. */
    private LinearProbe oracle(DMatrixRMaj z, int[] labels, RandomStream stream) {
        double[] lambdas = lambdas(ORACLE_C);
        double[] loss = new double[lambdas.length];
        int[] all = Rows.all(z.numRows);
        RidgeLogistic solver = solver(false);
        for (int[] held : Stratification.folds(all, labels, null, INNER_FOLDS, stream)) {
            int[] rest = Rows.without(all, held);
            DMatrixRMaj scores = solver.path(Rows.select(z, rest), Rows.select(labels, rest), lambdas)
                    .scores(Rows.select(z, held));
            int[] truth = Rows.select(labels, held);
            for (int k = 0; k < lambdas.length; k++) {
                int at = k;
                double[] f = IntStream.range(0, held.length)
                        .mapToDouble(i -> scores.get(i, at))
                        .toArray();
                loss[k] += Classification.logLoss(f, truth) * held.length;
            }
        }
        int best = 0;
        for (int k = 1; k < loss.length; k++) {
            best = loss[k] < loss[best] ? k : best;
        }
        return LinearProbe.of(
                solver.fit(z, labels, io.verity.estimators.logistic.Penalty.sum(lambdas[best]))
                        .weights(),
                0);
    }

    /** Accuracy per C of probes fitted on the whole subsample. */
    private double[] actual(DMatrixRMaj x, int[] y, int[] rows, int[] evaluation) {
        Standardizer standardizer = Standardizer.of(x, rows, raptor.settings().scaleFloor);
        DMatrixRMaj scores = solver(true)
                .path(standardizer.transform(x, rows), Rows.select(y, rows), lambdas(c))
                .scores(standardizer.transform(x, evaluation));
        int[] truth = Rows.select(y, evaluation);
        List<Double> accuracies = new ArrayList<>();
        for (int j = 0; j < c.length; j++) {
            int at = j;
            double[] f = IntStream.range(0, truth.length)
                    .mapToDouble(i -> scores.get(i, at))
                    .toArray();
            accuracies.add(Classification.accuracy(f, truth));
        }
        return accuracies.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double predicted(double[] u, double[] s, double[] evaluated, double[] g) {
        double meanU = Arrays.stream(u).sum() / u.length;
        double meanS = Arrays.stream(s).sum() / s.length;
        double uu = 0;
        double us = 0;
        for (int i = 0; i < u.length; i++) {
            uu += (u[i] - meanU) * (u[i] - meanU);
            us += (u[i] - meanU) * (s[i] - meanS);
        }
        double a = uu == 0 ? 0 : us / uu;
        double b = meanS - a * meanU;
        double squares = 0;
        for (int i = 0; i < u.length; i++) {
            double residual = s[i] - a * u[i] - b;
            squares += residual * residual;
        }
        double sigma = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (u.length - 1)));
        double sum = 0;
        for (int k = 0; k < evaluated.length; k++) {
            double right = NORMAL.cumulativeProbability((a * evaluated[k] + b) / sigma);
            sum += g[k] * right + (1 - g[k]) * (1 - right);
        }
        return sum / evaluated.length;
    }
}
