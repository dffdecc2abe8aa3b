package io.verity.papers.nbvslr;

import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Error curves of one classifier in several dimensions, to be measured.
 *
 * @param model the classifier
 * @param features dimensions d, ascending
 * @param design of a dimension
 * @param sizes of training sets in a dimension, ascending
 * @param repeats at every size
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CurvePlan(
        Model model, int[] features, IntFunction<GaussianClasses> design, IntFunction<int[]> sizes, int repeats) {
    private static final int[] SMALL = {4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20};
    private static final double[] MULTIPLES = {.8, 1, 1.2, 1.4, 1.7, 2, 2.4, 2.9};
    private static final int MOST_SIZES = 100;
    private static final int NB_BATCH = 25;
    private static final int LR_BATCH = 2;

    /** Two classes of the mixture, at the sizes about which each classifier needs them. */
    static CurvePlan mixture(Model model, int repeats, int... features) {
        return new CurvePlan(
                model,
                features,
                d -> GaussianClasses.mixture(d, 2),
                d -> model == Model.NB ? SMALL.clone() : multiples(d, MULTIPLES),
                repeats);
    }

    static int[] multiples(int features, double... factors) {
        return Arrays.stream(factors)
                .mapToInt(f -> (int) Math.round(f * features))
                .toArray();
    }

    /**
     * @param context where replicates are measured; cells from the first one on are used
     * @param firstCell 0, or 100,000 times the number of plans measured before
     */
    List<ErrorCurve> measure(ClaimContext context, int firstCell) {
        List<ErrorCurve> curves = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            int d = features[i];
            GaussianClasses classes = design.apply(d);
            int[] m = sizes.apply(d);
            double[][] errors = new double[m.length][];
            for (int j = 0; j < m.length; j++) {
                int rows = m[j];
                errors[j] = context.replicates(
                        firstCell + MOST_SIZES * i + j,
                        0,
                        repeats,
                        model == Model.NB ? NB_BATCH : LR_BATCH,
                        (c, stream) -> error(model, classes, rows, stream, c.backend()));
                context.progress((long) i * m.length + j + 1, (long) features.length * m.length);
            }
            curves.add(new ErrorCurve(
                    model,
                    d,
                    classes.classes(),
                    classes.bayesError(),
                    Arrays.stream(m).asDoubleStream().toArray(),
                    errors));
        }
        return curves;
    }

    /** Error of a classifier on one fresh training set. */
    static double error(Model model, GaussianClasses classes, int rows, RandomStream stream, DenseBackend backend) {
        LabelledRows train = classes.draw(stream, rows);
        return classes.error(model.fit(train, backend), stream.forPurpose(TEST));
    }

    /** Purpose of the stream that scores of test rows are drawn from. */
    static final long TEST = 3;
}
