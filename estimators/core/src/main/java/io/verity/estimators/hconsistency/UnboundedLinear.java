package io.verity.estimators.hconsistency;

import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The smallest risk of linear scores without bounds, for losses with derivatives. */
final class UnboundedLinear {
    static final int STARTS = 20;
    private static final double GRADIENT = 1e-10;
    /** Scores at infinity leave a gradient of about e^-score: below this, one of 1e-10 means a minimum. */
    private static final double IN_SIGHT = 12;

    private static final double[] SPREADS = {0.3, 1, 3, 10};

    private UnboundedLinear() {}

    /**
     * Convex for tau at most 1: rows whose scores can run to infinity at no cost are reduced first, so that the rest attains its
     * minimum. Above 1 the lowest of 20 local searches; nothing excludes a lower value.
     */
    static BestInClass compSum(Points points, CompSumLoss loss) {
        double[][] basis = AffineBasis.of(points.x());
        int free = basis[0].length * (points.classes() - 1);
        double[] penalty = new double[basis[0].length];
        boolean convex = loss.isCrossEntropy() || loss.tau() < 1;
        boolean[][] all = new boolean[points.size()][points.classes()];
        for (boolean[] row : all) {
            Arrays.fill(row, true);
        }
        if (convex) {
            return convex(points, loss, basis, all);
        }
        DampedNewton newton =
                new DampedNewton(points.weights(), basis, new CompSumRows(loss, points.p(), all), penalty);
        // The cross-entropy solution is a start that knows the data.
        double[] informed = new DampedNewton(
                        points.weights(), basis, new CompSumRows(CompSumLoss.crossEntropy(), points.p(), all), penalty)
                .from(new double[free])
                .theta();
        return lowest(newton, informed);
    }

    /** A stationary point with scores in sight is a minimum; otherwise the question is whether scores run to infinity. */
    private static BestInClass convex(Points points, CompSumLoss loss, double[][] basis, boolean[][] all) {
        double[] penalty = new double[basis[0].length];
        double[] zero = new double[basis[0].length * (points.classes() - 1)];
        DampedNewton newton =
                new DampedNewton(points.weights(), basis, new CompSumRows(loss, points.p(), all), penalty);
        DampedNewton.Minimum minimum = newton.from(zero);
        double largest = 0;
        for (double[] row : newton.scores(minimum.theta())) {
            for (double score : row) {
                largest = Math.max(largest, Math.abs(score));
            }
        }
        if (largest < IN_SIGHT
                && minimum.largestGradient()
                        <= GRADIENT * Arrays.stream(points.weights()).min().orElse(1)) {
            return convexResult(minimum, true, List.of());
        }
        if (Recession.gaps(points.p()) > Recession.MOST_GAPS) {
            return convexResult(
                    minimum,
                    largest < IN_SIGHT,
                    List.of(
                            "too many certain labels to decide whether the infimum is attained: the value is the last of the iterations"));
        }
        Recession recession = Recession.of(basis, points.p());
        if (recession.found()) {
            minimum = new DampedNewton(
                            points.weights(), basis, new CompSumRows(loss, points.p(), recession.kept()), penalty)
                    .from(zero);
        }
        return convexResult(
                minimum,
                !recession.found(),
                recession.found() ? List.of("the infimum is not attained: some scores run to infinity") : List.of());
    }

    /** The smallest risk of a binary margin loss with derivatives; exact for the squared hinge loss. */
    static BestInClass margin(Points points, MarginRows rows, boolean convex) {
        double[][] basis = AffineBasis.of(points.x());
        DampedNewton newton = new DampedNewton(points.weights(), basis, rows, new double[basis[0].length]);
        double[] zero = new double[basis[0].length];
        return convex ? convexResult(newton.from(zero), true, List.of()) : lowest(newton, zero);
    }

    private static BestInClass convexResult(DampedNewton.Minimum minimum, boolean attained, List<String> remarks) {
        List<String> notes = new ArrayList<>(remarks);
        if (!(minimum.largestGradient() <= GRADIENT)) {
            notes.add("the gradient stopped at " + minimum.largestGradient() + ", above 1e-10");
        }
        return new BestInClass(
                minimum.value(), MinimizabilityGap.Quality.OPTIMUM, attained, minimum.largestGradient(), notes);
    }

    private static BestInClass lowest(DampedNewton newton, double[] informed) {
        double best = Double.POSITIVE_INFINITY;
        double residual = Double.NaN;
        RandomStream random = RandomStream.of(0, "minimizability-gap", 0, 0);
        for (int start = 0; start < STARTS; start++) {
            double[] theta = new double[informed.length];
            double spread = SPREADS[start % SPREADS.length];
            for (int j = 0; j < theta.length; j++) {
                theta[j] = start < SPREADS.length ? informed[j] * (1 + start) : spread * random.nextGaussian();
            }
            DampedNewton.Minimum minimum = newton.from(theta);
            if (minimum.value() < best) {
                best = minimum.value();
                residual = minimum.largestGradient();
            }
        }
        return BestInClass.lowest(best, residual);
    }
}
