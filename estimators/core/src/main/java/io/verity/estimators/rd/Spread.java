package io.verity.estimators.rd;

/** The spread of the running variable behind the preliminary bandwidth: min(sd, IQR / 1.349). */
final class Spread {
    private static final double NORMAL_IQR = 1.349;

    private Spread() {}

    static double of(Side left, Side right) {
        double deviation = Math.sqrt(variance(left, right));
        double range = (quantile(left, right, 0.75) - quantile(left, right, 0.25)) / NORMAL_IQR;
        return range > 0 ? Math.min(deviation, range) : deviation; // heaps may hide both quartiles
    }

    private static double variance(Side left, Side right) {
        double n = left.rows() + right.rows();
        double sum = 0;
        for (double d : left.distance) {
            sum -= d;
        }
        for (double d : right.distance) {
            sum += d;
        }
        double mean = sum / n;
        double squares = 0;
        for (double d : left.distance) {
            squares += (d + mean) * (d + mean);
        }
        for (double d : right.distance) {
            squares += (d - mean) * (d - mean);
        }
        return squares / (n - 1);
    }

    /** Type 2 of Hyndman and Fan: the mean of two order statistics where the distribution function is flat. */
    private static double quantile(Side left, Side right, double probability) {
        int n = left.rows() + right.rows();
        double rank = n * probability;
        int below = (int) Math.floor(rank);
        double upper = at(left, right, Math.min(below, n - 1));
        return rank == below && below > 0 ? 0.5 * (at(left, right, below - 1) + upper) : upper;
    }

    private static double at(Side left, Side right, int i) {
        int below = left.rows();
        return i < below ? -left.distance[below - 1 - i] : right.distance[i - below];
    }
}
