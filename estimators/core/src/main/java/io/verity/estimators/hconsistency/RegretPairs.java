package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transform against the pairs of regrets that random distributions attain, as a figure. */
public final class RegretPairs {
    private static final int DOTS = 400;
    private static final int POINTS = 60;
    private static final int MOST_CLASSES = 12;

    private RegretPairs() {}

    /**
     * Draws surrogate regret against zero-one regret. Every dot is a random distribution, half of them with random scores, half
     * with the best scores that predict a random class; lines are the bound, the exact infimum and a candidate.
     *
     * @param surrogate loss and scores
     * @param classes number of classes K
     * @param bound the known bound, or null
     * @param candidate another bound to draw, or null
     * @param counterexample to mark, or null
     * @param seed of the dots
     * @return the figure, regrets on linear axes
     */
    public static Figure figure(
            Surrogate surrogate,
            int classes,
            @Nullable Transform bound,
            @Nullable Candidate candidate,
            @Nullable Counterexample counterexample,
            long seed) {
        Figure.Builder figure = pairs(surrogate, classes, bound, candidate, seed);
        if (counterexample != null) {
            mark(figure, "counterexample", counterexample.surrogateRegret(), counterexample.zeroOneRegret());
        }
        return figure.build();
    }

    /**
     * The same figure with the regrets of a distribution that was checked.
     *
     * @param surrogate loss and scores
     * @param classes number of classes K
     * @param bound the known bound, or null
     * @param candidate another bound to draw, or null
     * @param checked whose regrets are marked
     * @param seed of the dots
     * @return the figure, regrets on linear axes
     */
    public static Figure marking(
            Surrogate surrogate,
            int classes,
            @Nullable Transform bound,
            @Nullable Candidate candidate,
            HConsistencyReport checked,
            long seed) {
        Figure.Builder figure = pairs(surrogate, classes, bound, candidate, seed);
        if (Double.isFinite(checked.surrogateRegret())) {
            mark(figure, "the distribution checked", checked.surrogateRegret(), checked.zeroOneRegret());
        }
        return figure.build();
    }

    private static void mark(Figure.Builder figure, String series, double r, double t) {
        figure.layer(Mark.POINT, series, new double[] {r}, new double[] {t});
    }

    private static Figure.Builder pairs(
            Surrogate surrogate, int classes, @Nullable Transform bound, @Nullable Candidate candidate, long seed) {
        RandomStream stream = RandomStream.of(seed, "regret pairs", classes, 0);
        List<double[]> dots = new ArrayList<>();
        double widest = bound == null ? 0 : bound.psi(1);
        widest = Double.isFinite(widest) && widest > 0 ? 1.25 * widest : 1;
        int wanted = surrogate.closedForm() ? DOTS : DOTS / 8;
        for (int n = 0; dots.size() < wanted && n < 20 * wanted; n++) {
            double[] concentrations = {0.2, 1, 5};
            double[] p = RandomInstances.dirichlet(stream, classes, concentrations[n % 3]);
            Instance.Point point;
            if (n % 2 == 0) {
                point = Instance.point(surrogate, 1, p, surrogate.allow(RandomInstances.scores(stream, p)));
            } else {
                int predicted = (Pooling.argmax(p) + 1 + stream.nextInt(classes - 1)) % classes;
                point = Instance.predicting(surrogate, p, predicted).points().get(0);
            }
            if (point.zeroOneRegret() > 0 && point.surrogateRegret() <= widest) {
                dots.add(new double[] {point.surrogateRegret(), point.zeroOneRegret()});
            }
        }
        Figure.Builder figure = Figure.named(
                        "regret-pairs",
                        "Zero-one regret against surrogate regret: " + surrogate.name() + ", K = " + classes,
                        Axis.linear("surrogate regret r"),
                        Axis.linear("0-1 regret t"))
                .caption(
                        "Every dot is a random distribution with scores. No dot lies above a bound that holds; the exact infimum is"
                                + " the smallest surrogate regret that a search found for each 0-1 regret.")
                .layer(Mark.POINT, "attained pairs", column(dots, 0), column(dots, 1));
        double[] grid = new double[POINTS + 1];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = widest * ((double) i / POINTS) * ((double) i / POINTS); // dense where roots are steep
        }
        if (bound != null) {
            double[] gamma = new double[grid.length];
            for (int i = 0; i < grid.length; i++) {
                gamma[i] = bound.gamma(grid[i]);
            }
            figure.layer(Mark.LINE, "bound", grid, gamma);
        }
        if (classes <= MOST_CLASSES) {
            ExactPsi exact = ExactPsi.of(surrogate, classes, seed);
            double[] t = new double[surrogate.closedForm() ? POINTS / 2 : 6];
            double[] r = new double[t.length];
            for (int i = 0; i < t.length; i++) {
                t[i] = (i + 1.0) / t.length;
                r[i] = exact.psi(t[i]);
            }
            figure.layer(Mark.LINE, "exact infimum", r, t);
        }
        if (candidate != null) {
            curve(figure, candidate, grid);
        }
        return figure;
    }

    private static void curve(Figure.Builder figure, Candidate candidate, double[] grid) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < grid.length; i++) {
            double share = (double) i / (grid.length - 1);
            double[] point = candidate.isUpperBound()
                    ? new double[] {grid[i], Math.min(1, candidate.right(grid[i]))}
                    : new double[] {candidate.left(share), share};
            if (Double.isFinite(point[0]) && Double.isFinite(point[1])) {
                points.add(point);
            }
        }
        figure.layer(Mark.LINE, "candidate", column(points, 0), column(points, 1));
    }

    private static double[] column(List<double[]> points, int j) {
        return points.stream().mapToDouble(point -> point[j]).toArray();
    }
}
