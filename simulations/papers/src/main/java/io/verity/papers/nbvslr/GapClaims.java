package io.verity.papers.nbvslr;

import io.verity.estimators.hconsistency.AdversarialLoss;
import io.verity.estimators.hconsistency.FiniteDistribution;
import io.verity.estimators.hconsistency.Hypotheses;
import io.verity.estimators.hconsistency.MinimizabilityGap;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** HC-GAP and HC-ADV: minimizability gaps of finite distributions, and the smooth adversarial loss. */
final class GapClaims {
    private static final double[] TAUS = {0, .5, 1};
    private static final double[] ADVERSARIAL_TAUS = {0, .5, 1, 1.5, 2};
    private static final int FEATURES = 2;

    private GapClaims() {}

    static ClaimBuilder gaps() {
        return Claims.claim("nb-vs-lr/HC-GAP")
                .from(AppendixSources.BOUNDS.at("definition of the minimizability gap"))
                .title("Minimizability gaps are not negative and complete the identity")
                .states(
                        "For linear scores on finite distributions \\(M \\ge 0\\), and \\(R(h) - R^* + M\\) equals the mean of \\(C(h,x) -"
                                + " \\inf C(\\cdot,x)\\), whose infima are found point by point by numerical minimisation (within 1e-9).")
                .assuming(
                        "losses",
                        "comp-sum with tau = 0, 0.5, 1, scores without bounds; logistic with |w| <= 1, |b| <= 0.5")
                .verifiedBy(GapClaims::identity)
                .control("Linear scores have no gap", "M = 0 on the same distributions.", context -> {
                    Always record = Always.of("largest gap");
                    double largest = 0;
                    for (Gap gap : measured(context)) {
                        largest = Math.max(largest, gap.gap().gap());
                        record.add(
                                Check.atMost(gap.name(), gap.gap().gap(), 1e-9).withWitness(gap::counterexample));
                    }
                    return record.statistic("largest gap", largest).verdict();
                });
    }

    private record Gap(String name, MinimizabilityGap gap, double regret, double identity) {
        Counterexample counterexample() {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("best-in-class risk", gap.bestInClassRisk());
            values.put("mean conditional optimum", gap.meanConditionalOptimum());
            values.put("gap", gap.gap());
            return new Counterexample(name, values, "points, probabilities and weights from the record's stream");
        }
    }

    private static List<Gap> measured(ClaimContext context) {
        List<Integer> distributions =
                IntStream.range(0, context.full() ? 500 : 20).boxed().toList();
        List<Gap> gaps = new ArrayList<>();
        context.map(distributions, i -> of(context.stream(i), i)).forEach(gaps::addAll);
        return gaps;
    }

    private static List<Gap> of(RandomStream stream, int index) {
        int points = 4 + index % 6;
        int classes = 2 + index % 3;
        double[] weights = new double[points];
        double[][] p = new double[points][];
        double[][] x = new double[points][FEATURES];
        for (int i = 0; i < points; i++) {
            weights[i] = .1 + stream.nextDouble();
            p[i] = probabilities(stream, classes);
            for (int j = 0; j < FEATURES; j++) {
                x[i][j] = stream.nextGaussian();
            }
        }
        FiniteDistribution distribution = FiniteDistribution.of(weights, p, x);
        double[][] scores = new double[points][classes];
        for (double[] row : scores) {
            for (int k = 0; k < classes; k++) {
                row[k] = stream.nextGaussian();
            }
        }
        List<Gap> gaps = new ArrayList<>();
        for (double tau : TAUS) {
            CompSumLoss loss = CompSumLoss.tau(tau);
            MinimizabilityGap gap = MinimizabilityGap.of(distribution, loss, Hypotheses.linear());
            double risk = 0;
            double regret = 0;
            for (int i = 0; i < points; i++) {
                double c = 0;
                for (int k = 0; k < classes; k++) {
                    c += p[i][k] * loss.value(scores[i], k);
                }
                // The best linear score on one point is the best score there.
                double optimum = MinimizabilityGap.of(single(p[i]), loss, Hypotheses.linear())
                        .bestInClassRisk();
                risk += distribution.weight(i) * c;
                regret += distribution.weight(i) * (c - optimum);
            }
            gaps.add(new Gap(
                    "distribution " + index + ", " + points + " points, K = " + classes + ", tau = " + tau,
                    gap,
                    regret,
                    risk - gap.bestInClassRisk() + (gap.bestInClassRisk() - gap.meanConditionalOptimum())));
        }
        if (classes == 2) {
            gaps.add(bounded(distribution, index));
        }
        return gaps;
    }

    /** The zero score in the ball: its mean regret point by point in one dimension, each point's score within its own bound. */
    private static Gap bounded(FiniteDistribution distribution, int index) {
        MinimizabilityGap gap =
                MinimizabilityGap.of(distribution, MarginLoss.LOGISTIC, Hypotheses.boundedLinear(1, .5));
        double regret = 0;
        double zero = MarginLoss.LOGISTIC.value(0);
        for (int i = 0; i < distribution.size(); i++) {
            double[] x = distribution.x()[i];
            double bound = Math.hypot(x[0], x[1]) + .5;
            double optimum = MinimizabilityGap.of(
                            single(distribution.p(i)), MarginLoss.LOGISTIC, Hypotheses.boundedLinear(0, bound))
                    .bestInClassRisk();
            regret += distribution.weight(i) * (zero - optimum);
        }
        return new Gap(
                "distribution " + index + ", logistic in the ball",
                gap,
                regret,
                zero - gap.bestInClassRisk() + (gap.bestInClassRisk() - gap.meanConditionalOptimum()));
    }

    private static FiniteDistribution single(double[] p) {
        return FiniteDistribution.of(new double[] {1}, new double[][] {p}, new double[][] {new double[FEATURES]});
    }

    private static double[] probabilities(RandomStream stream, int classes) {
        double[] p = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            p[k] = -StrictMath.log(1 - stream.nextDouble());
            sum += p[k];
        }
        for (int k = 0; k < classes; k++) {
            p[k] /= sum;
        }
        return p;
    }

    private static Verdict identity(ClaimContext context) {
        List<Gap> gaps = measured(context);
        Always record = Always.of("largest distance between the two sides of the identity");
        ResultTable.Builder table = ResultTable.named(
                        "gaps", "Minimizability gaps of linear scores, first distributions")
                .text("instance", "instance")
                .number("risk", "best-in-class risk", "")
                .number("optimum", "mean conditional optimum", "")
                .number("gap", "gap M", "");
        double largest = 0;
        for (int i = 0; i < gaps.size(); i++) {
            Gap g = gaps.get(i);
            MinimizabilityGap gap = g.gap();
            double signed = gap.bestInClassRisk() - gap.meanConditionalOptimum();
            largest = Math.max(largest, Math.abs(g.identity() - g.regret()));
            record.add(Check.atMost(g.name() + ", -M", -signed, 1e-9).withWitness(g::counterexample));
            record.near(g.name() + ", identity", g.identity(), g.regret(), 1e-9);
            if (i < 10) {
                table.row(g.name(), gap.bestInClassRisk(), gap.meanConditionalOptimum(), gap.gap());
            }
        }
        return record.statistic("largest distance between the two sides of the identity", largest)
                .target(0)
                .table(table.build())
                .verdict();
    }

    static ClaimBuilder domination() {
        return Claims.claim("nb-vs-lr/HC-ADV")
                .from(AppendixSources.CROSS_ENTROPY.at("section 5, smooth adversarial comp-sum losses"))
                .title("The smooth adversarial loss dominates")
                .states(
                        "With \\(\\nu = \\sqrt{K-1}/\\rho\\) the smooth adversarial comp-sum loss of linear scores is at least \\(\\Phi_\\tau\\) of"
                                + " the summed rho-margin losses at every attacked point of the ball, and at least \\(\\Phi_\\tau(1)\\) wherever the"
                                + " ball contains a misclassified point.")
                .assuming(
                        "cases",
                        "random linear scores, K = 2 to 6, 1 to 5 features, tau = 0, 0.5, 1, 1.5, 2, Euclidean and coordinate balls")
                .verifiedBy(context -> dominated(context, 1))
                .control(
                        "A quarter of the weight suffices",
                        "The same with \\(\\nu = \\sqrt{K-1}/(4\\rho)\\).",
                        context -> dominated(context, .25));
    }

    private static Verdict dominated(ClaimContext context, double share) {
        RandomStream stream = context.stream(0);
        Always record = Always.of("largest ratio of what is dominated to the loss");
        int cases = context.full() ? 20_000 : 500;
        double worst = 0;
        int misclassified = 0;
        for (int repeat = 0; repeat < cases; repeat++) {
            Case c = Case.drawn(stream, repeat, share);
            worst = Math.max(worst, Math.max(c.attacked, c.error) / c.loss);
            misclassified += c.error > 0 ? 1 : 0;
            String name = "case " + repeat + ", " + c.description;
            // Where scores are confident both sides are tiny: slack is measured against 1.
            record.add(Check.atMost(name, c.attacked - 1e-9, c.loss).withWitness(c::counterexample));
            record.add(Check.atMost(name + ", error", c.error - 1e-9, c.loss).withWitness(c::counterexample));
        }
        return record.statistic("largest ratio of what is dominated to the loss", worst)
                .target(1)
                .assumption("cases with a misclassified point in the ball", misclassified + " of " + cases)
                .verdict();
    }

    /** One row with its linear scores: the loss, the attacked margins, and what a misclassified point costs. */
    private static final class Case {
        private final String description;
        private final double loss;
        private final double attacked;
        private final double error;

        private Case(String description, double loss, double attacked, double error) {
            this.description = description;
            this.loss = loss;
            this.attacked = attacked;
            this.error = error;
        }

        static Case drawn(RandomStream stream, int repeat, double share) {
            int classes = 2 + repeat % 5;
            int d = 1 + (repeat / 5) % 5;
            double tau = ADVERSARIAL_TAUS[(repeat / 2) % ADVERSARIAL_TAUS.length];
            double rho = .3 + 2 * stream.nextDouble();
            double gamma = stream.nextDouble();
            double[][] w = new double[classes][d];
            double[] b = new double[classes];
            double[] x = new double[d];
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j < d; j++) {
                    w[k][j] = stream.nextGaussian();
                }
                b[k] = .5 * stream.nextGaussian();
            }
            for (int j = 0; j < d; j++) {
                x[j] = stream.nextGaussian();
            }
            AdversarialLoss.Ball ball = repeat % 2 == 0 ? AdversarialLoss.Ball.L2 : AdversarialLoss.Ball.LINF;
            AdversarialLoss loss = AdversarialLoss.of(ball, gamma)
                    .withTau(tau)
                    .withRho(rho)
                    .withNu(share * Math.sqrt(classes - 1.0) / rho);
            int y = (int) (stream.nextDouble() * classes);
            boolean reached = loss.worstLead(w, b, x, y) <= 0;
            String description = String.format(
                    Locale.ROOT,
                    "K = %d, d = %d, %s ball, gamma = %.3f, rho = %.3f, tau = %s",
                    classes,
                    d,
                    ball,
                    gamma,
                    rho,
                    tau);
            return new Case(description, loss.value(w, b, x, y), loss.attacked(w, b, x, y), reached ? loss.phi(1) : 0);
        }

        Counterexample counterexample() {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("smooth loss", loss);
            values.put("attacked margins", attacked);
            values.put("cost of a misclassified point", error);
            return new Counterexample(description, values, "linear scores and row from the record's stream");
        }
    }
}
