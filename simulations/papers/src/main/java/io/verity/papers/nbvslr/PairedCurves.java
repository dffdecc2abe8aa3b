package io.verity.papers.nbvslr;

import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.Arguments;
import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Error curves of both classifiers on the same training sets, to be measured as evidence.
 *
 * @param classes two Gaussian classes
 * @param sizes training rows, ascending
 * @param repeats at every size
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PairedCurves(GaussianClasses classes, int[] sizes, int repeats) {
    private static final int RESAMPLES = 200;
    private static final long PURPOSE = 1L << 20;

    /** Draws and fits, in parallel where threads are free; streams are those of the claim, for a purpose of their own. */
    Measured measure(ClaimContext context) {
        List<double[][]> all = context.map(LongStream.range(0, repeats).boxed().toList(), r -> {
            double[][] pairs = new double[sizes.length][];
            for (int i = 0; i < sizes.length; i++) {
                RandomStream stream = context.stream(r).forPurpose(PURPOSE + i);
                LabelledRows train = classes.draw(stream, sizes[i]);
                pairs[i] = new double[] {
                    classes.error(Model.NB.fit(train, context.backend()), stream),
                    classes.error(Model.LR.fit(train, context.backend()), stream)
                };
            }
            return pairs;
        });
        double[][] nb = new double[sizes.length][repeats];
        double[][] lr = new double[sizes.length][repeats];
        for (int r = 0; r < repeats; r++) {
            for (int i = 0; i < sizes.length; i++) {
                nb[i][r] = all.get(r)[i][0];
                lr[i][r] = all.get(r)[i][1];
            }
        }
        return new Measured(sizes, nb, lr);
    }

    /** Errors of both classifiers by size and repeat. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Measured(int[] sizes, double[][] nb, double[][] lr) {
        int repeats() {
            return nb[0].length;
        }

        double[] errors(Model model, int size) {
            return (model == Model.NB ? nb : lr)[size].clone();
        }

        /** Error of logistic regression minus that of naive Bayes, repeat by repeat. */
        double[] leads(int size) {
            double[] leads = new double[repeats()];
            for (int r = 0; r < leads.length; r++) {
                leads[r] = lr[size][r] - nb[size][r];
            }
            return leads;
        }

        /**
         * Where the mean lead changes its sign, each with the crossings nearest to it in resamples of the repeats (the training
         * sets of different sizes are independent).
         */
        List<Crossing> crossings(RandomStream stream) {
            double[][] leads = new double[sizes.length][];
            double[] means = new double[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                leads[i] = leads(i);
                means[i] = Arrays.stream(leads[i]).average().orElseThrow();
            }
            List<Double> found = signChanges(sizes, means);
            List<List<Double>> resampled = new ArrayList<>();
            for (int b = 0; b < RESAMPLES; b++) {
                double[] drawn = new double[sizes.length];
                for (int i = 0; i < sizes.length; i++) {
                    for (int r = 0; r < leads[i].length; r++) {
                        drawn[i] += leads[i][stream.nextInt(leads[i].length)];
                    }
                }
                resampled.add(signChanges(sizes, drawn));
            }
            return found.stream()
                    .map(m -> new Crossing(
                            m,
                            resampled.stream()
                                    .filter(draws -> !draws.isEmpty())
                                    .mapToDouble(draws -> nearest(draws, m))
                                    .sorted()
                                    .toArray()))
                    .toList();
        }

        private static double nearest(List<Double> values, double to) {
            return values.stream()
                    .min((a, b) -> Double.compare(Math.abs(StrictMath.log(a / to)), Math.abs(StrictMath.log(b / to))))
                    .orElseThrow();
        }
    }

    /** Sizes at which a quantity that is linear in log m between the sizes changes its sign. */
    static List<Double> signChanges(int[] sizes, double[] values) {
        List<Double> changes = new ArrayList<>();
        for (int i = 1; i < sizes.length; i++) {
            if (values[i - 1] * values[i] < 0) {
                double share = values[i - 1] / (values[i - 1] - values[i]);
                changes.add(sizes[i - 1] * StrictMath.exp(share * StrictMath.log((double) sizes[i] / sizes[i - 1])));
            } else if (values[i] == 0 && values[i - 1] != 0) {
                changes.add((double) sizes[i]);
            }
        }
        return changes;
    }

    /** A sign change, with the sorted ones of the resamples. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Crossing(double rows, double[] draws) {
        Interval interval(double level) {
            double tail = 0.5 * (1 - Arguments.fraction("level", level));
            int outside = (int) Math.floor(tail * draws.length);
            return new Interval(draws[outside], draws[draws.length - 1 - outside]);
        }
    }
}
