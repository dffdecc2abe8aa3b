package io.verity.papers.nbvslr;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.SeparableData;
import io.verity.stats.losses.EnsLoss;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.random.RandomStream;

/**
 * Linear scores on the standardised breast-cancer data: half of the rows, drawn anew, train by stochastic gradient descent (100
 * epochs, batches of 64, step 0.01, momentum 0.9), the other half tests.
 */
final class MarginTraining {
    private static final int EPOCHS = 100;
    private static final int BATCH = 64;
    private static final double STEP = .01;
    private static final double MOMENTUM = .9;

    private final double[][] rows;
    private final int[] order;
    private final RandomStream stream;

    private MarginTraining(double[][] rows, int[] order, RandomStream stream) {
        this.rows = rows;
        this.order = order;
        this.stream = stream;
    }

    /** Rows times their labels -1 and 1, split by the stream. */
    static MarginTraining drawn(RandomStream stream) {
        SeparableData data = Instances.named("wdbc");
        double[][] rows = new double[data.n()][];
        int[] order = new int[data.n()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = data.row(i);
            order[i] = i;
        }
        shuffle(order, order.length, stream);
        return new MarginTraining(rows, order, stream);
    }

    private static void shuffle(int[] order, int length, RandomStream stream) {
        for (int i = length - 1; i > 0; i--) {
            int k = (int) (stream.nextDouble() * (i + 1));
            int swap = order[i];
            order[i] = order[k];
            order[k] = swap;
        }
    }

    /** The derivatives of the losses in the margins of a batch. */
    @FunctionalInterface
    interface Slopes {
        double[] at(double[] margins);
    }

    static Slopes of(MarginLoss loss) {
        return margins -> {
            double[] slopes = new double[margins.length];
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = loss.derivative(margins[i]);
            }
            return slopes;
        };
    }

    /** Random calibrated losses, a new one for every batch. */
    Slopes ensemble() {
        RandomStream random = stream.forPurpose(RandomStream.ALGORITHM);
        EnsLoss loss = EnsLoss.withLambda(0);
        return margins -> loss.slopes(margins, random);
    }

    /** Share of the test rows with a positive margin after training; every loss sees the same batches. */
    double accuracy(Slopes loss) {
        int training = rows.length / 2;
        int d = rows[0].length;
        int[] epochOrder = new int[training];
        System.arraycopy(order, 0, epochOrder, 0, training);
        RandomStream batches = stream.forPurpose(RandomStream.BOOTSTRAP);
        double[] w = new double[d];
        double[] velocity = new double[d];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(epochOrder, training, batches);
            for (int from = 0; from < training; from += BATCH) {
                int size = Math.min(BATCH, training - from);
                double[] margins = new double[size];
                for (int i = 0; i < size; i++) {
                    margins[i] = dot(w, rows[epochOrder[from + i]]);
                }
                double[] slopes = loss.at(margins);
                double[] gradient = new double[d];
                for (int i = 0; i < size; i++) {
                    double[] row = rows[epochOrder[from + i]];
                    for (int j = 0; j < d; j++) {
                        gradient[j] += slopes[i] * row[j] / size;
                    }
                }
                for (int j = 0; j < d; j++) {
                    velocity[j] = MOMENTUM * velocity[j] - STEP * gradient[j];
                    w[j] += velocity[j];
                }
            }
        }
        int right = 0;
        for (int i = training; i < rows.length; i++) {
            right += dot(w, rows[order[i]]) > 0 ? 1 : 0;
        }
        return (double) right / (rows.length - training);
    }

    private static double dot(double[] w, double[] row) {
        double sum = 0;
        for (int j = 0; j < w.length; j++) {
            sum += w[j] * row[j];
        }
        return sum;
    }
}
