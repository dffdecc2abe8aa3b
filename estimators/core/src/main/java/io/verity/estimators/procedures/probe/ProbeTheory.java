package io.verity.estimators.procedures.probe;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.MeanDifferenceLimit;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code probe theory}: what a ridge-logistic probe can be expected to do, before any data are collected. */
public final class ProbeTheory implements Procedure {
    private static final int DEFAULT_POINTS = 33;
    private static final int MOST_POINTS = 1000;
    private static final double DECADES = 2; // on each side of the best penalty

    /** For the service loader. */
    public ProbeTheory() {}

    @Override
    public List<String> command() {
        return List.of("probe", "theory");
    }

    @Override
    public String summary() {
        return "Predicted direction, accuracy, norm and stability of a ridge-logistic probe for a signal strength and n/p";
    }

    @Override
    public String description() {
        return "The limit of ridge-penalised logistic regression when rows n and columns p grow together (Salehi, Abbasi and"
                + " Hassibi 2019): rows N(0, I), labels from a logistic teacher with norm kappa, no intercept. It tells how close"
                + " the probe comes to the teacher (cosine), how accurate it is and could be at best (bayesAccuracy), how large"
                + " its weights are, and how alike two probes are whose samples share a fraction of their rows: 0 shared rows is"
                + " the honest reproducibility, the squared cosine to the teacher. lambdaMean is the penalty beside the mean"
                + " loss, lambda / n. Below n/p = mleThreshold the classes are separable and no unpenalised estimate exists."
                + " The figure shows all of this against the penalty; --lambda-grid chooses its penalties, which"
                + " 'verity report --format csv' writes as a table.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("kappa", Option.Kind.NUMBER, "signal strength: norm of the teacher, at least 0"),
                Option.required("n-over-p", Option.Kind.NUMBER, "rows per column, n/p, positive"),
                Option.required(
                        "lambda-mean", Option.Kind.NUMBER, "penalty beside the mean loss (lambda / n), at least 0"),
                Option.of("overlap", Option.Kind.NUMBER, "share of the rows that two probes have in common, 0 to 1")
                        .withDefault("0.8"),
                Option.of(
                        "lambda-grid",
                        Option.Kind.TEXT,
                        "penalties of the table and the figure: lo:hi:k, k values equally spaced on the logarithm"));
    }

    @Override
    public String example() {
        return "verity probe theory --kappa 2 --n-over-p 2 --lambda-mean 0.1 --overlap 0.8 --out theory";
    }

    @Override
    public Outcome run(Inputs inputs) {
        double kappa = inputs.number("kappa");
        double delta = inputs.number("n-over-p");
        double omega = inputs.number("overlap");
        Arguments.require(omega >= 0 && omega <= 1, "option --overlap must be in [0, 1], but is %s", omega);
        double[] givenGrid = inputs.isGiven("lambda-grid") ? grid(inputs.text("lambda-grid")) : null;
        FixedPoint chosen = RidgeLogisticTheory.solve(kappa, delta, inputs.number("lambda-mean"));
        FixedPoint best = kappa > 0 ? RidgeLogisticTheory.bestPenalty(kappa, delta) : null;
        MeanDifferenceLimit limit = RidgeLogisticTheory.infinitePenalty(kappa, delta);
        double threshold = RidgeLogisticTheory.mleThreshold(kappa);

        Outcome.Builder outcome = Outcome.of("probe theory").options(inputs.effective());
        outcome.result("kappa", kappa).result("nOverP", delta).result("lambdaMean", chosen.lambdaMean());
        outcome.result("mu", chosen.mu()).result("sigma", chosen.sigma()).result("gamma", chosen.gamma());
        outcome.result("cosine", chosen.cosine())
                .result("accuracy", chosen.accuracy())
                .result("bayesAccuracy", chosen.bayesAccuracy())
                .result("trainAccuracy", chosen.trainAccuracy())
                .result("testLogLoss", chosen.testLogLoss())
                .result("trainLogLoss", chosen.trainLogLoss())
                .result("norm", chosen.norm())
                .result("overlap", omega)
                .result("overlapCosine", chosen.overlapCosine(omega))
                .result("disjointCosine", chosen.disjointCosine())
                .result("mleThreshold", threshold)
                .result("mleExists", delta > threshold);
        if (best == null) {
            outcome.missing("best", "without signal every penalty has accuracy 1/2");
        } else {
            outcome.result("best", summary(best, omega));
        }
        Map<String, Object> means = new LinkedHashMap<>();
        means.put("cosine", limit.cosine());
        means.put("accuracy", limit.accuracy());
        means.put("overlapCosine", limit.overlapCosine(omega));
        means.put("disjointCosine", limit.disjointCosine());
        outcome.result("differenceOfMeans", means);

        double[] lambdas = givenGrid != null ? givenGrid : around(best, chosen);
        TheoryCurve curve = new TheoryCurve(RidgeLogisticTheory.curve(kappa, delta, lambdas), omega);
        if (givenGrid != null) {
            outcome.result("grid", curve.columns());
        }
        return outcome.table(curve.table())
                .figure(curve.figure(chosen, best))
                .result("residual", chosen.residual())
                .converged(true, (long) chosen.iterations())
                .summary(words(chosen, best, omega, threshold))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static Map<String, Object> summary(FixedPoint point, double omega) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("lambdaMean", point.lambdaMean());
        entry.put("cosine", point.cosine());
        entry.put("accuracy", point.accuracy());
        entry.put("norm", point.norm());
        entry.put("overlapCosine", point.overlapCosine(omega));
        entry.put("disjointCosine", point.disjointCosine());
        return entry;
    }

    private static String words(FixedPoint chosen, @Nullable FixedPoint best, double omega, double threshold) {
        String first = String.format(
                Locale.ROOT,
                "kappa %s, n/p %s, lambdaMean %s: cosine %.4f, accuracy %.4f (Bayes %.4f), norm %.4f%n"
                        + "two probes: cosine %.4f with %s of the rows shared, %.4f with none%n"
                        + "unpenalised estimate: %s (threshold n/p = %.4f)",
                chosen.kappa(),
                chosen.delta(),
                chosen.lambdaMean(),
                chosen.cosine(),
                chosen.accuracy(),
                chosen.bayesAccuracy(),
                chosen.norm(),
                chosen.overlapCosine(omega),
                omega,
                chosen.disjointCosine(),
                chosen.delta() > threshold ? "exists" : "does not exist",
                threshold);
        return best == null
                ? first
                : first
                        + String.format(
                                Locale.ROOT,
                                "%nbest penalty: lambdaMean %.3g with accuracy %.4f, cosine %.4f",
                                best.lambdaMean(),
                                best.accuracy(),
                                best.cosine());
    }

    /** Penalties two decades on each side of the best one (of 1 without signal), and as far as the chosen one. */
    private static double[] around(@Nullable FixedPoint best, FixedPoint chosen) {
        double middle = best == null ? 0 : StrictMath.log10(best.lambdaMean());
        double low = middle - DECADES;
        double high = middle + DECADES;
        if (chosen.lambdaMean() > 0) {
            double own = StrictMath.log10(chosen.lambdaMean());
            low = Math.min(low, own);
            high = Math.max(high, own);
        }
        return spaced(low, high, DEFAULT_POINTS);
    }

    private static double[] grid(String text) {
        String[] parts = text.split(":", -1);
        Arguments.require(parts.length == 3, "option --lambda-grid must be lo:hi:k, but is '%s'", text);
        double low = number(parts[0], text);
        double high = number(parts[1], text);
        double count = number(parts[2], text);
        Arguments.require(
                low > 0 && high > low && Double.isFinite(high),
                "option --lambda-grid must run upwards between positive penalties, but is '%s'",
                text);
        Arguments.require(
                count == Math.rint(count) && count >= 2 && count <= MOST_POINTS,
                "option --lambda-grid must have between 2 and %d penalties, but is '%s'",
                MOST_POINTS,
                text);
        double[] grid = spaced(StrictMath.log10(low), StrictMath.log10(high), (int) count);
        grid[0] = low;
        grid[grid.length - 1] = high;
        return grid;
    }

    private static double number(String part, String text) {
        try {
            return Double.parseDouble(part.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT, "option --lambda-grid: '%s' in '%s' is not a number", part.strip(), text),
                    e);
        }
    }

    private static double[] spaced(double low, double high, int count) {
        double[] grid = new double[count];
        Arrays.setAll(grid, k -> StrictMath.pow(10, low + (high - low) * k / (count - 1)));
        return grid;
    }
}
