package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Gaussian concept subspace, the baseline of the RAPTOR paper, as its released code has it: many small logistic probes, each on a
 * stratified tenth of the pool (70 % of which trains, standardised, C = 1), folded back to raw columns; the mean m and the
 * standard deviation s of every coefficient; and vectors drawn uniformly from the box \( m \pm s \). Immutable.
 */
public final class Gcs {
    private static final String STREAM = "probe/gcs";
    private static final int REDRAWS = 100;
    private static final double INNER_TEST = 0.3;
    private static final double C = 1;
    private static final double SHARE = 0.1;

    private final int probes;
    private final int samples;
    private final long seed;
    private final Raptor raptor;

    private Gcs(int probes, int samples, long seed, Raptor raptor) {
        this.probes = probes;
        this.samples = samples;
        this.seed = seed;
        this.raptor = raptor;
    }

    /**
     * What the base probes gave.
     *
     * @param meanProbe the rule whose weights and intercept are the means of the base probes'
     * @param deviations standard deviation (divisor R) of every weight, then of the intercept
     * @param sampledAccuracy mean test accuracy of the vectors drawn from the box, which is what the paper reports; NaN without
     *     test rows
     * @param meanAccuracy test accuracy of the mean vector itself; NaN without test rows
     */
    @SuppressWarnings("ArrayRecordComponent") // two results are never compared
    public record Result(LinearProbe meanProbe, double[] deviations, double sampledAccuracy, double meanAccuracy) {}

    /** @return 1000 base probes, 1000 vectors drawn, seed 42 */
    public static Gcs withDefaults() {
        return new Gcs(1000, 1000, 42, Raptor.withDefaults());
    }

    /**
     * @param count base probes, at least 2
     * @return a copy with that many
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Gcs withProbes(int count) {
        Arguments.atLeast("base probes", count, 2);
        return new Gcs(count, samples, seed, raptor);
    }

    /**
     * @param count vectors drawn from the box, at least 1
     * @return a copy that draws so many
     * @throws IllegalArgumentException if it is below 1
     */
    public Gcs withSamples(int count) {
        Arguments.atLeast("samples", count, 1);
        return new Gcs(probes, count, seed, raptor);
    }

    /**
     * @param seed of all draws
     * @return a copy with that seed
     */
    public Gcs withSeed(long seed) {
        return new Gcs(probes, samples, seed, raptor);
    }

    /**
     * @param raptor whose solver, backend, threads and scale floor are used
     * @return a copy that uses them
     */
    public Gcs with(Raptor raptor) {
        return new Gcs(probes, samples, seed, raptor);
    }

    /**
     * @param x states
     * @param y 0 or 1 per row
     * @param split training and validation rows are the pool; test rows judge
     * @return the mean probe and its accuracies
     * @throws IllegalArgumentException if labels are not 0 and 1, or their number differs from the rows
     * @throws EstimationException if a hundred draws in a row had one class only
     */
    public Result fit(DMatrixRMaj x, int[] y, Split split) {
        Rows.checkTwoClasses(x.numRows, y);
        int[] pool = split.pool();
        List<LinearProbe> base = Parallel.map(probes, raptor.threads(), r -> base(x, y, pool, r));
        int p = x.numCols;
        double[] mean = new double[p + 1];
        double[] deviation = new double[p + 1];
        for (LinearProbe probe : base) {
            accumulate(mean, probe);
        }
        for (int j = 0; j <= p; j++) {
            mean[j] /= base.size();
        }
        for (LinearProbe probe : base) {
            double[] w = probe.weights();
            for (int j = 0; j <= p; j++) {
                double d = (j < p ? w[j] : probe.intercept()) - mean[j];
                deviation[j] += d * d;
            }
        }
        for (int j = 0; j <= p; j++) {
            deviation[j] = Math.sqrt(deviation[j] / base.size());
        }
        LinearProbe meanProbe = LinearProbe.of(Arrays.copyOf(mean, p), mean[p]);
        int[] test = split.test();
        int[] labels = Rows.select(y, test);
        double meanAccuracy = Classification.accuracy(meanProbe.scores(x, test), labels);
        return new Result(meanProbe, deviation, sampled(x, test, labels, mean, deviation), meanAccuracy);
    }

    private static void accumulate(double[] sum, LinearProbe probe) {
        double[] w = probe.weights();
        for (int j = 0; j < w.length; j++) {
            sum[j] += w[j];
        }
        sum[w.length] += probe.intercept();
    }

    private LinearProbe base(DMatrixRMaj x, int[] y, int[] pool, int r) {
        RandomStream stream = RandomStream.of(seed, STREAM, 0, r);
        for (int attempt = 0; attempt < REDRAWS; attempt++) {
            int[] subset = subset(y, pool, stream);
            Stratification.shuffle(subset, stream);
            int held = (int) Math.ceil(INNER_TEST * subset.length);
            int[] inner = Arrays.copyOfRange(subset, held, subset.length);
            if (TunedFit.bothClasses(y, inner)) {
                Arrays.sort(inner);
                return TunedFit.at(raptor.settings(), C, x, y, inner);
            }
        }
        throw new EstimationException(
                REDRAWS + " draws of a tenth of " + pool.length + " rows all had one class to train on",
                "give more rows of the rarer class");
    }

    /** A tenth of every class, at least one row. */
    private int[] subset(int[] y, int[] pool, RandomStream stream) {
        int[][] classes = new int[2][];
        for (int c = 0; c < 2; c++) {
            int label = c;
            int[] members = Arrays.stream(pool).filter(i -> y[i] == label).toArray();
            Stratification.shuffle(members, stream);
            int wanted = Math.max(1, (int) Math.round(SHARE * members.length));
            classes[c] = Arrays.copyOf(members, Math.min(wanted, members.length));
        }
        return Rows.union(classes[0], classes[1]);
    }

    /** Mean accuracy of vectors drawn from the box. */
    private double sampled(DMatrixRMaj x, int[] test, int[] labels, double[] mean, double[] deviation) {
        int p = x.numCols;
        double sum = 0;
        for (int k = 0; k < samples; k++) {
            RandomStream stream = RandomStream.of(seed, STREAM, 0, k).forPurpose(RandomStream.ALGORITHM);
            double[] theta = new double[p + 1];
            for (int j = 0; j <= p; j++) {
                theta[j] = mean[j] + deviation[j] * (2 * stream.nextDouble() - 1);
            }
            LinearProbe drawn = LinearProbe.of(Arrays.copyOf(theta, p), theta[p]);
            sum += Classification.accuracy(drawn.scores(x, test), labels);
        }
        return sum / samples;
    }
}
