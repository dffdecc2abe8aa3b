package io.verity.papers.largestep;

import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Pick;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** LS-30 and LS-31: outcomes left open, reported and never counted. */
final class Findings {
    private static final int[] DIMENSIONS = {16, 64, 256, 1024, 4096};
    private static final double NET_STEP = .1;
    private static final double ZERO = 1e-13;
    private static final int MOST_STEPS = 20_000;

    private Findings() {}

    static ClaimBuilder nonlinearPerceptron() {
        return Claims.claim("large-step/LS-30")
                .from(Sources.TYURIN_2025.derivedFrom("abstract (analogue on data of ours)"))
                .title("Analogue: a diagonal network separates sooner")
                .states(
                        "On \\(z=(1,1,\\dots,1),(1,-0.7,\\dots,-0.7)\\in R^{d+1}\\) the iterations to separation grow with"
                                + " \\(d\\) at a log-log slope above 0.5 for the batch perceptron and below 0.35 for the perceptron"
                                + " step on the network \\(\\sum_j(u_j^2-v_j^2)a_j\\).")
                .finding()
                .verifiedBy(context -> slopes())
                .control(
                        "The linear model's count is independent of d",
                        "The batch perceptron separates after the same number of iterations for every \\(d\\).",
                        context -> {
                            Always record = Always.of("largest difference from the count at d = 16, iterations");
                            int[] counts = counts(Rule.LINEAR_HALF_FIRST);
                            for (int k = 1; k < counts.length; k++) {
                                record.equal("d=" + DIMENSIONS[k], counts[k], counts[0]);
                            }
                            return record.verdict();
                        });
    }

    static ClaimBuilder hopelesslySmallMargin() {
        return Claims.claim("large-step/LS-31")
                .from(Sources.TYURIN.derivedFrom("Theorems 3.3, 5.2 and 6.1, on the WDBC data"))
                .title("Separable, and yet out of reach of every descent")
                .states(
                        "The standardised WDBC data are separable, certified, with \\(R^2/\\mu^2=2.2\\cdot10^8\\); no method of"
                                + " this family separates them within 20,000 iterations (quick budget: 2000).")
                .finding()
                .verifiedBy(Findings::outOfReach)
                .control(
                        "WDBC is not separable",
                        "The certified margin of the standardised WDBC data is zero.",
                        context -> {
                            Instance wdbc = Instance.named("wdbc");
                            Always record = Always.of("certified margin, lower end")
                                    .atMost("wdbc", wdbc.margin().marginLower(), 0)
                                    .statistic(
                                            "certified margin, lower end",
                                            wdbc.margin().marginLower());
                            return Instance.describe(record, List.of(wdbc)).verdict();
                        });
    }

    /** Which model takes perceptron steps, and what the all-zero margins of the start count. */
    private enum Rule {
        LINEAR_HALF_FIRST("linear, first step halved (batch perceptron)", false, .5),
        LINEAR_FULL_FIRST("linear, first step full", false, 1),
        NET_FULL_FIRST("u² - v² network, first step full", true, 1),
        NET_HALF_FIRST("u² - v² network, first step halved", true, .5);

        private final String label;
        private final boolean network;
        private final double startWeight;

        Rule(String label, boolean network, double startWeight) {
            this.label = label;
            this.network = network;
            this.startWeight = startWeight;
        }
    }

    /** Both rows are constant after the first column, so the model has two distinct coordinates; the second occurs d times. */
    private static int[] counts(Rule rule) {
        return Arrays.stream(DIMENSIONS).map(d -> steps(rule, d)).toArray();
    }

    private static int steps(Rule rule, int d) {
        double[][] z = {{1, 1}, {1, -.7}};
        double[] norms = {Math.sqrt(1 + d), Math.sqrt(1 + .49 * d)};
        double[] w = new double[2];
        double[] u = {1, 1};
        double[] v = {1, 1};
        for (int t = 0; t < MOST_STEPS; t++) {
            double[] push = new double[2];
            boolean separated = true;
            for (int i = 0; i < 2; i++) {
                double margin = z[i][0] * w[0] + d * z[i][1] * w[1];
                boolean tie = Math.abs(margin) <= ZERO * norms[i];
                if (tie || margin < 0) {
                    separated = false;
                    double weight = t == 0 ? rule.startWeight : 1;
                    push[0] += weight * z[i][0] / 2;
                    push[1] += weight * z[i][1] / 2;
                }
            }
            if (separated) {
                return t;
            }
            for (int j = 0; j < 2; j++) {
                if (rule.network) {
                    u[j] += NET_STEP * 2 * u[j] * push[j];
                    v[j] -= NET_STEP * 2 * v[j] * push[j];
                    w[j] = u[j] * u[j] - v[j] * v[j];
                } else {
                    w[j] += push[j];
                }
            }
        }
        throw new IllegalStateException(rule.label + " did not separate at d = " + d);
    }

    private static double slope(int[] counts) {
        SimpleRegression line = new SimpleRegression();
        for (int k = 0; k < counts.length; k++) {
            line.addData(StrictMath.log(DIMENSIONS[k]), StrictMath.log(counts[k]));
        }
        return line.getSlope();
    }

    private static Verdict slopes() {
        double[] x = Arrays.stream(DIMENSIONS).asDoubleStream().toArray();
        ResultTable.Builder table = ResultTable.named("analogue", "Iterations to separation by dimension")
                .text("model", "model");
        for (int d : DIMENSIONS) {
            table.integer("d" + d, "d = " + d, "");
        }
        table.number("slope", "log-log slope", "");
        Figure.Builder figure = Figure.named(
                        "analogue",
                        "Iterations to separation by dimension",
                        Axis.log10("dimension d"),
                        Axis.log10("iterations to separation"))
                .caption("Whether the first step, where every margin is zero, is halved matters as much as the model.");
        for (Rule rule : Rule.values()) {
            int[] counts = counts(rule);
            List<Object> row = new ArrayList<>(List.of(rule.label));
            Arrays.stream(counts).forEach(c -> row.add((long) c));
            row.add(slope(counts));
            table.row(row.toArray());
            double[] y = Arrays.stream(counts).asDoubleStream().toArray();
            figure.layer(Mark.LINE, rule.label, x, y).layer(Mark.POINT, rule.label, x, y);
        }
        double linear = slope(counts(Rule.LINEAR_HALF_FIRST));
        return Always.of("log-log slope of the batch perceptron")
                .above("linear, first step halved", linear, .5)
                .below("u² - v² network, first step full", slope(counts(Rule.NET_FULL_FIRST)), .35)
                .statistic("log-log slope of the batch perceptron", linear)
                .target(.5)
                .assumption("data", "two samples, d + 1 columns, d = " + Arrays.toString(DIMENSIONS))
                .assumption("separable", "YES: every run separated")
                .note("the contrast is fragile: with a full first step the linear model's slope is "
                        + Numbers.text(slope(counts(Rule.LINEAR_FULL_FIRST)))
                        + " as well, and with a halved one the network's is "
                        + Numbers.text(slope(counts(Rule.NET_HALF_FIRST))))
                .table(table.build())
                .figure(figure.build())
                .verdict();
    }

    private static Verdict outOfReach(ClaimContext context) {
        Instance wdbc = Instance.named("wdbc");
        int iterations = context.full() ? MOST_STEPS : 2_000;
        List<LargeStepFit> fits = new ArrayList<>();
        fits.add(run(context, wdbc, Variant.GD, 10, iterations));
        fits.add(run(context, wdbc, Variant.GD, 1e4, iterations));
        fits.add(run(context, wdbc, Variant.NORMALIZED, 1, iterations));
        fits.add(run(context, wdbc, Variant.NORMALIZED, 100, iterations));
        fits.add(
                Perceptrons.batch(TieRule.MISTAKE).withMaxIterations(iterations).fit(wdbc.data()));
        fits.add(Perceptrons.normalizedBatch().withMaxIterations(iterations).fit(wdbc.data()));
        fits.add(Perceptrons.classic(Pick.MOST_VIOLATED)
                .withMaxIterations(iterations)
                .fit(wdbc.data()));
        Always record = Instance.describe(Always.of("R^2/mu^2"), List.of(wdbc));
        ResultTable.Builder table = ResultTable.named("wdbc", "After " + iterations + " iterations on WDBC")
                .text("method", "method")
                .number("stepSize", "step size γ", "")
                .text("status", "status")
                .integer("misclassified", "misclassified", "of 569")
                .number("loss", "loss", "");
        for (LargeStepFit fit : fits) {
            boolean perceptron = fit.method().contains("perceptron");
            record.holds(
                    fit.method() + (perceptron ? "" : ", gamma=" + Numbers.text(fit.stepSize())),
                    fit.separatedAt().isEmpty(),
                    fit.last().misclassified() + " misclassified after " + fit.iterations() + " iterations");
            table.row(
                    fit.method(),
                    perceptron ? null : (Object) fit.stepSize(),
                    fit.status().toString(),
                    fit.last().misclassified(),
                    fit.last().loss());
        }
        return record.holds(
                        "wdbc, separable",
                        wdbc.margin().separable(),
                        wdbc.margin().toString())
                .statistic("R^2/mu^2", wdbc.complexity())
                .note("the active-set solver finds the separator at once: use the margin, not a descent, on such data")
                .table(table.build())
                .verdict();
    }

    private static LargeStepFit run(
            ClaimContext context, Instance instance, Variant variant, double stepSize, int iterations) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(iterations)
                .fit(instance.data());
    }
}
