package io.verity.papers.largestep;

import io.verity.estimators.largestep.Coordinates;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Mode;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.TieRule;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.SplitMix64;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** LS-01 and LS-02: gradient descent with an infinite step is the batch perceptron. */
final class PerceptronLimitClaims {
    /** Deviation that counts as equality in double precision. */
    private static final double EQUAL = 1e-12;

    /** exp(-40) is below rounding: the step size 40/delta makes the two sequences equal to double precision. */
    private static final double ENOUGH = 40;

    private static final double RELATIVE_SLOPE_TOLERANCE = 0.05;

    /** An instance and the number of iterations compared. */
    record Horizon(String name, SeparableData data, int iterations) {
        static Horizon of(String name, int iterations) {
            return new Horizon(name, Instances.named(name), iterations);
        }
    }

    private PerceptronLimitClaims() {}

    static ClaimBuilder limit() {
        return Claims.claim("large-step/LS-01")
                .from(Sources.TYURIN.at("Theorem 3.2"))
                .title("Gradient descent with a huge step is the batch perceptron")
                .states(
                        "With \\(\\theta_0=0\\) the scaled iterates \\(\\theta_t/\\gamma\\) tend to the batch perceptron's"
                                + " \\(\\hat\\theta_t\\) as \\(\\gamma\\to\\infty\\). The deviation falls like \\(e^{-\\gamma\\delta}\\)"
                                + " (rate derived here), \\(\\delta\\) the smallest non-zero margin met: from"
                                + " \\(\\gamma\\ge40/\\delta\\) on the two are equal to double precision.")
                .assuming("non-degeneracy", "no batch-perceptron iterate (t >= 1) has a margin of exactly zero")
                .verifiedBy(PerceptronLimitClaims::verifyLimit)
                .control(
                        "The same at step size 1",
                        "At \\(\\gamma=1\\) the scaled iterates equal the batch perceptron's to double precision.",
                        context -> {
                            double deviation = deviation(context, Horizon.of("worst20", 12), 1, TieRule.MISTAKE);
                            return Always.of("max deviation from the batch perceptron")
                                    .assumption("data", "worst20, T = 12")
                                    .atMost("worst20, gamma=1", deviation, EQUAL)
                                    .statistic("max deviation from the batch perceptron", deviation)
                                    .target(EQUAL)
                                    .verdict();
                        });
    }

    static ClaimBuilder limitWithTies() {
        return Claims.claim("large-step/LS-02")
                .from(Sources.TYURIN.derivedFrom("Theorem 3.2 without Assumption 3.1"))
                .title("With ties counted half, the limit needs no assumption")
                .states(
                        "If the batch perceptron counts a zero margin half, \\(\\theta_t/\\gamma\\to\\hat\\theta_t\\) for"
                                + " every data set, ties included.")
                .verifiedBy(context -> verifyTies(context, TieRule.HALF))
                .control(
                        "Ties counted as mistakes",
                        "If the batch perceptron counts a zero margin as a mistake, \\(\\theta_t/\\gamma\\to\\hat\\theta_t\\)"
                                + " even after a tie.",
                        Controls.bare(context -> verifyTies(context, TieRule.MISTAKE)));
    }

    private static Verdict verifyLimit(ClaimContext context) {
        List<Horizon> horizons = new ArrayList<>(List.of(Horizon.of("worst20", 12), Horizon.of("two", 8)));
        if (context.full()) {
            horizons.add(Horizon.of("wutoy", 20));
            horizons.add(Horizon.of("sepA", 8));
        }
        Always record = Always.of("max deviation from the batch perceptron")
                .assumption("start", "theta_0 = 0")
                .target(EQUAL);
        ResultTable.Builder table = ResultTable.named("deviation", "Deviation at a step size of at least 40/delta")
                .text("instance", "instance")
                .integer("iterations", "T", "")
                .number("delta", "smallest non-zero margin δ", "")
                .number("stepSize", "step size γ", "")
                .number("deviation", "max deviation", "");
        double largest = 0;
        for (Horizon h : horizons) {
            double delta = smallestMargin(h);
            double gamma = h.name().equals("sepA") ? 1e8 : ENOUGH / delta;
            double deviation = deviation(context, h, gamma, TieRule.MISTAKE);
            largest = Math.max(largest, deviation);
            table.row(h.name(), h.iterations(), delta, gamma, deviation);
            record.atMost(h.name() + ", T=" + h.iterations() + ", gamma=" + Numbers.text(gamma), deviation, EQUAL);
        }
        double slope = slope(context, Horizon.of("worst20", 12), 500, 1000, 2000);
        double delta = smallestMargin(Horizon.of("worst20", 12));
        return record.near("slope of log deviation on worst20", slope, -delta, RELATIVE_SLOPE_TOLERANCE * delta)
                .statistic("max deviation from the batch perceptron", largest)
                .note("slope of log deviation against the step size on worst20: " + Numbers.text(slope) + ", predicted "
                        + Numbers.text(-delta))
                .table(table.build())
                .figure(rateFigure(context))
                .verdict();
    }

    private static Verdict verifyTies(ClaimContext context, TieRule rule) {
        List<Horizon> sets = new ArrayList<>(List.of(new Horizon("tie1", Instances.tie1(), 12)));
        boolean full = context.full() && rule == TieRule.HALF;
        if (full) {
            sets.addAll(integerSets());
        }
        double[] gammas = sets.stream()
                .mapToDouble(s -> s.name().equals("tie1") ? 500 : 2000)
                .toArray();
        Always record = Always.of("max deviation from the batch perceptron")
                .target(EQUAL)
                .assumption("ties", "allowed")
                .assumption("data", full ? "tie1 and " + (sets.size() - 1) + " integer data sets" : "tie1")
                .note(
                        "iterated as n theta/gamma, so that the iterates on integer data are exact and a tie is met exactly");
        double largest = 0;
        for (int k = 0; k < sets.size(); k++) {
            double deviation = deviation(context, sets.get(k), gammas[k], rule);
            largest = Math.max(largest, deviation);
            record.add(Check.atMost(
                            sets.get(k).name() + ", gamma=" + Numbers.text(gammas[k]) + ", ties count "
                                    + (rule == TieRule.HALF ? "half" : "one"),
                            deviation,
                            EQUAL)
                    .withDetail(ties(sets.get(k), rule) + " ties met"));
        }
        return record.statistic("max deviation from the batch perceptron", largest)
                .figure(tieFigure(context))
                .verdict();
    }

    /** 5 x 2 data with entries -3..3 from SplitMix64 seeds 1 to 20; sets with a row of zeros are left out. */
    static List<Horizon> integerSets() {
        List<Horizon> sets = new ArrayList<>();
        for (long seed = 1; seed <= 20; seed++) {
            SplitMix64 stream = new SplitMix64(seed);
            double[][] z = new double[5][2];
            boolean zeroRow = false;
            for (double[] row : z) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = Long.remainderUnsigned(stream.nextLong(), 7) - 3;
                }
                zeroRow |= row[0] == 0 && row[1] == 0;
            }
            if (!zeroRow) {
                sets.add(new Horizon("integers, seed " + seed, SeparableData.ofSignedRows(z), 12));
            }
        }
        return sets;
    }

    /** \( \max_{t\le T}\|\theta_t/\gamma-\hat\theta_t\|_\infty \). */
    static double deviation(ClaimContext context, Horizon horizon, double gamma, TieRule rule) {
        LargeStepFit descent = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(gamma)
                .withMaxIterations(horizon.iterations())
                .with(StopRule.maxIterations())
                .with(Recorder.none().withIterates())
                .with(Mode.PRIMAL)
                .with(Coordinates.SUMMED)
                .fit(horizon.data());
        LargeStepFit perceptron = perceptron(horizon, rule);
        double largest = 0;
        for (int t = 0; t <= horizon.iterations(); t++) {
            double[] a = descent.trace().scaledIterate(t);
            double[] b = perceptron.trace().scaledIterate(t);
            for (int j = 0; j < a.length; j++) {
                largest = Math.max(largest, Math.abs(a[j] - b[j]));
            }
        }
        return largest;
    }

    static long ties(Horizon horizon, TieRule rule) {
        return perceptron(horizon, rule).ties();
    }

    private static LargeStepFit perceptron(Horizon horizon, TieRule rule) {
        return Perceptrons.batch(rule)
                .withMaxIterations(horizon.iterations())
                .withoutStopping()
                .with(Recorder.none().withIterates())
                .fit(horizon.data());
    }

    /** Smallest non-zero margin of the batch perceptron's iterates 1 to T - 1. */
    static double smallestMargin(Horizon horizon) {
        LargeStepFit perceptron = perceptron(horizon, TieRule.MISTAKE);
        double smallest = Double.POSITIVE_INFINITY;
        for (int t = 1; t < horizon.iterations(); t++) {
            double[] theta = perceptron.trace().scaledIterate(t);
            for (int i = 0; i < horizon.data().n(); i++) {
                double margin = 0;
                for (int j = 0; j < theta.length; j++) {
                    margin += horizon.data().get(i, j) * theta[j];
                }
                double size = Math.abs(margin);
                if (size > EQUAL) {
                    smallest = Math.min(smallest, size);
                }
            }
        }
        return smallest;
    }

    private static double slope(ClaimContext context, Horizon horizon, double... gammas) {
        SimpleRegression line = new SimpleRegression();
        for (double gamma : gammas) {
            line.addData(gamma, StrictMath.log(deviation(context, horizon, gamma, TieRule.MISTAKE)));
        }
        return line.getSlope();
    }

    private static Figure rateFigure(ClaimContext context) {
        Figure.Builder figure = Figure.named(
                        "perceptron-limit",
                        "Deviation from the perceptron limit",
                        Axis.linear("step size γ times δ"),
                        Axis.log10("max deviation of θ/γ"))
                .caption(
                        "Each data set's deviation against γδ, δ its smallest non-zero margin: all fall like exp(-γδ) until"
                                + " rounding ends the fall.");
        for (Horizon h : List.of(Horizon.of("worst20", 12), Horizon.of("two", 8), Horizon.of("wutoy", 20))) {
            double delta = smallestMargin(h);
            double[] x = new double[34];
            double[] y = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                x[k] = k + 0.5;
                y[k] = deviation(context, h, x[k] / delta, TieRule.MISTAKE);
            }
            figure.layer(Mark.POINT, h.name(), x, y);
        }
        double[] x = {0, 34};
        return figure.layer(Mark.LINE, "exp(-γδ)", x, new double[] {1, StrictMath.exp(-34)})
                .build();
    }

    private static Figure tieFigure(ClaimContext context) {
        Horizon tie = new Horizon("tie1", Instances.tie1(), 12);
        Figure.Builder figure = Figure.named(
                        "ties",
                        "An exact tie: which rule is the limit",
                        Axis.log10("step size γ"),
                        Axis.linear("max deviation of θ/γ"))
                .caption(
                        "On tie1 the batch perceptron meets a margin of exactly zero at t = 3. Counting it half, gradient"
                                + " descent tends to it; counting it as a mistake, the deviation stays.");
        double[] gammas = Curves.geometric(1, 1e6, 25);
        for (TieRule rule : TieRule.values()) {
            double[] y = new double[gammas.length];
            for (int k = 0; k < y.length; k++) {
                y[k] = deviation(context, tie, gammas[k], rule);
            }
            figure.layer(Mark.LINE, rule == TieRule.HALF ? "a tie counts half" : "a tie is a mistake", gammas, y);
        }
        return figure.build();
    }
}
