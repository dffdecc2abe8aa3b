package io.verity.estimators.hconsistency;

import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Minimises a conditional risk \( \sum_y p_y \ell(h, y) \) over scores in a large box, with or without the demand that one
 * class has the top score.
 *
 * <p>From many starts (uniform, multiples of log p, one or several classes far ahead, ranks) the spectral projected gradient
 * method (Birgin, Martinez and Raydan 2000, doi 10.1137/S1052623497330963) with the projection onto \( \{h_k \le h_j\} \),
 * which averages the predicted class with those above it; where gradients do not settle, as at the kinks of hinges, a search
 * along all sets of classes. A loss may have other minima than those reached, hence more starts before anything is concluded
 * from the result.
 */
final class RiskMinimiser {
    private static final double FAR = 60; // e^-60 is below the rounding of every risk
    private static final int ITERATIONS = 80;
    private static final int MEMORY = 6;
    private static final int MOST_SETS = 6;
    private static final int MOST_SWEEPS = 12; // at one step length
    private static final double SETTLED = 1e-9;
    private static final int POLISHED = 3;
    private static final double NOISE = 1e-14; // what rounding may pretend to gain, again and again

    private final MulticlassLoss loss;
    private final double[] p;
    private final int predicted;
    private final double[] partial;

    /**
     * @param loss the loss
     * @param p probabilities
     * @param predicted the class that must have the top score, or -1
     */
    RiskMinimiser(MulticlassLoss loss, double[] p, int predicted) {
        this.loss = loss;
        this.p = p.clone();
        this.predicted = predicted;
        this.partial = new double[p.length];
    }

    /** @return the best scores found from the standard starts */
    double[] scores() {
        return best(starts());
    }

    /** @return the best scores found from the standard starts, some more, and random ones */
    double[] scoresFromManyStarts(List<double[]> more, int random, long seed) {
        List<double[]> all = starts();
        all.addAll(more);
        RandomStream stream = RandomStream.of(seed, "risk minimiser", p.length, predicted + 1);
        for (int n = 0; n < random; n++) {
            double scale = StrictMath.exp(-1 + 4 * stream.nextDouble());
            double[] h = new double[p.length];
            for (int k = 0; k < h.length; k++) {
                h[k] = scale * stream.nextGaussian();
            }
            all.add(h);
        }
        return best(all);
    }

    private double[] best(List<double[]> starts) {
        List<double[]> ends = new ArrayList<>();
        for (double[] start : starts) {
            ends.add(descend(project(start.clone())));
        }
        ends.sort(Comparator.comparingDouble(this::risk));
        double[] best = ends.get(0);
        if (norm(step(best, gradientAt(best), 1)) <= SETTLED) {
            return best;
        }
        for (double[] end : ends.subList(0, Math.min(POLISHED, ends.size()))) {
            double[] polished = alongSets(end);
            best = risk(polished) < risk(best) ? polished : best;
        }
        return best;
    }

    private List<double[]> starts() {
        int classes = p.length;
        List<double[]> starts = new ArrayList<>();
        starts.add(new double[classes]);
        double[] log = new double[classes];
        double[] base = predicted < 0 ? p : Pooling.pool(p, predicted);
        double top = Pooling.max(base);
        for (int k = 0; k < classes; k++) {
            log[k] = base[k] > 0 ? Math.max(-12, StrictMath.log(base[k] / top)) : -12;
        }
        for (double multiple : new double[] {1, 3}) {
            starts.add(Arrays.stream(log).map(v -> multiple * v).toArray());
        }
        int leader = predicted < 0 ? Pooling.argmax(p) : predicted;
        for (int m = 1; m <= Math.min(classes, 4); m++) {
            boolean[] in = Pooling.members(p, leader, m);
            for (double lead : m < classes ? new double[] {1, (double) classes / m, 5, 30} : new double[] {1}) {
                double[] h = new double[classes];
                for (int k = 0; k < classes; k++) {
                    h[k] = in[k] ? lead : 0;
                }
                starts.add(h);
            }
        }
        return starts;
    }

    private double risk(double[] h) {
        double sum = loss.conditionalRisk(p, h);
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    private void gradient(double[] h, double[] out) {
        Arrays.fill(out, 0);
        for (int k = 0; k < p.length; k++) {
            if (p[k] > 0) {
                loss.gradient(h, k, partial);
                for (int j = 0; j < out.length; j++) {
                    out[j] += p[k] * partial[j];
                }
            }
        }
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.max(-1e9, Math.min(1e9, out[j]));
        }
    }

    private double[] project(double[] h) {
        double[] projected = predicted < 0 ? h : Pooling.pool(h, predicted);
        for (int k = 0; k < h.length; k++) {
            projected[k] = Math.max(-FAR, Math.min(FAR, projected[k]));
        }
        return projected;
    }

    private double[] descend(double[] start) {
        int classes = p.length;
        double[] h = start;
        double value = risk(h);
        if (Double.isInfinite(value)) {
            return h;
        }
        double[] g = new double[classes];
        gradient(h, g);
        double[] history = new double[MEMORY];
        Arrays.fill(history, Double.NEGATIVE_INFINITY);
        double[] best = h;
        double smallest = value;
        double step = 1;
        for (int i = 0; i < ITERATIONS; i++) {
            history[i % MEMORY] = value;
            double[] direction = step(h, g, step);
            double slope = dot(direction, g);
            if (Math.abs(slope) <= 1e-30 || norm(direction) / Math.max(step, 1) <= 1e-13) {
                break;
            }
            double reference = Arrays.stream(history).max().orElse(value);
            double length = 1;
            double[] next = moved(h, direction, 1);
            double nextValue = risk(next);
            while (!(nextValue <= reference + 1e-4 * length * slope) && length > 1e-12) {
                length /= 2;
                next = moved(h, direction, length);
                nextValue = risk(next);
            }
            if (!(nextValue <= reference)) {
                break;
            }
            double[] nextGradient = new double[classes];
            gradient(next, nextGradient);
            double change = 0;
            double curvature = 0;
            for (int k = 0; k < classes; k++) {
                double s = next[k] - h[k];
                change += s * s;
                curvature += s * (nextGradient[k] - g[k]);
            }
            step = curvature > 0 ? Math.max(1e-6, Math.min(1e6, change / curvature)) : 1e3;
            h = next;
            g = nextGradient;
            value = nextValue;
            if (value < smallest) {
                smallest = value;
                best = h;
            }
        }
        return best;
    }

    private double[] gradientAt(double[] h) {
        double[] g = new double[h.length];
        gradient(h, g);
        return g;
    }

    private double[] step(double[] h, double[] g, double length) {
        double[] direction = project(moved(h, g, -length));
        for (int k = 0; k < h.length; k++) {
            direction[k] -= h[k];
        }
        return direction;
    }

    private static double[] moved(double[] h, double[] direction, double length) {
        double[] next = h.clone();
        for (int k = 0; k < h.length; k++) {
            next[k] += length * direction[k];
        }
        return next;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Piecewise linear risks have kinks at which no single class can move: sets of classes move together. */
    private double[] alongSets(double[] start) {
        int classes = p.length;
        double[] h = start;
        double value = risk(h);
        int sets = classes <= MOST_SETS ? (1 << classes) - 1 : classes;
        double length = 1;
        int sweeps = 0;
        while (length > 1e-9) {
            boolean better = false;
            for (int set = 0; set < 2 * sets; set++) {
                double sign = set % 2 == 0 ? length : -length;
                double[] next = h.clone();
                for (int k = 0; k < classes; k++) {
                    boolean in = classes <= MOST_SETS ? ((set / 2 + 1) >> k & 1) == 1 : k == set / 2;
                    next[k] += in ? sign : 0;
                }
                next = project(next);
                double nextValue = risk(next);
                if (nextValue < value - NOISE * Math.max(1, value)) {
                    h = next;
                    value = nextValue;
                    better = true;
                }
            }
            sweeps = better ? sweeps + 1 : 0;
            length = better && sweeps < MOST_SWEEPS ? length : length / 2;
        }
        return h;
    }
}
