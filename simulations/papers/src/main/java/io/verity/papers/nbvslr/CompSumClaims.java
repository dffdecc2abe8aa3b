package io.verity.papers.nbvslr;

import io.verity.estimators.hconsistency.BoxTransform;
import io.verity.estimators.hconsistency.Candidate;
import io.verity.estimators.hconsistency.CompSumTransform;
import io.verity.estimators.hconsistency.ConstrainedHingeTransform;
import io.verity.estimators.hconsistency.ExactPsi;
import io.verity.estimators.hconsistency.Surrogate;
import io.verity.papers.nbvslr.Attacks.Attack;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.WestonWatkinsHinge;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** HC-COMPSUM, HC-TIGHT, HC-GCE-LOOSE, HC-BOX, HC-LLW: H-consistency bounds for many classes, and false ones. */
final class CompSumClaims {
    private static final double[] TAUS = {0, 0.5, 1.5, 2, 3, 1};
    private static final int[] CLASSES = {2, 5, 10, 3};
    private static final String SCORES = "every score vector is attainable at every x";

    private CompSumClaims() {}

    static ClaimBuilder bound() {
        return Claims.claim("nb-vs-lr/HC-COMPSUM")
                .from(Sources.MAO)
                .title("Comp-sum losses bound the 0-1 regret")
                .states(
                        "For \\(\\tau = 0, 1/2, 1, 3/2, 2, 3\\) and K = 2, 3, 5, 10 every finite distribution and scores have"
                                + " \\(E[\\Delta C_{01}] \\le \\Gamma_\\tau(E[\\Delta C_\\tau])\\).")
                .assuming("assumptions", SCORES)
                .verifiedBy(context -> Attacks.verdict(context, known(), tightness(context)))
                .control(
                        "NC-SQRT-T",
                        "Cross-entropy with the square root of r",
                        "For cross-entropy \\(E[\\Delta C_{01}] \\le \\sqrt{r}\\), r the surrogate regret.",
                        context -> Attacks.verdict(
                                context,
                                List.of(new Attack(
                                        Surrogate.of(CompSumLoss.crossEntropy()),
                                        2,
                                        Candidate.gamma("sqrt(r)", Math::sqrt)))))
                .control(
                        "NC-MAE-NO-K",
                        "The mean absolute error without the factor K",
                        "For the mean absolute error and K = 3 \\(E[\\Delta C_{01}] \\le r\\), r the surrogate regret.",
                        context -> Attacks.verdict(
                                context,
                                List.of(new Attack(
                                        Surrogate.of(CompSumLoss.meanAbsoluteError()),
                                        3,
                                        Candidate.gamma("r", r -> r)))));
    }

    private static List<Attack> known() {
        List<Attack> attacks = new ArrayList<>();
        for (double tau : TAUS) {
            for (int classes : CLASSES) {
                attacks.add(new Attack(
                        Surrogate.of(CompSumLoss.tau(tau)), classes, Candidate.of(CompSumTransform.of(tau, classes))));
            }
        }
        return attacks;
    }

    /** How much more the worst distribution needs than the closed form says. */
    private static ResultTable tightness(ClaimContext context) {
        ResultTable.Builder table = ResultTable.named("tightness", "Closed form against the exact infimum at t = 0.2")
                .number("tau", "τ", "")
                .integer("classes", "K", "")
                .number("psi", "Ψ(t)", "")
                .number("exact", "exact infimum", "")
                .number("ratio", "ratio", "")
                .column(new ResultTable.Column("tight", "attained", "", ResultTable.Kind.BOOLEAN, null));
        double t = 0.2;
        for (double tau : new double[] {0, 0.5, 1, 1.3, 1.5, 1.7, 2, 3}) {
            for (int classes : new int[] {2, 3, 5, 10}) {
                CompSumTransform transform = CompSumTransform.of(tau, classes);
                double exact = exact(context, tau, classes).psi(t);
                table.row(tau, classes, transform.psi(t), exact, exact / transform.psi(t), transform.tightAt(t));
            }
        }
        return table.build();
    }

    private static ExactPsi exact(ClaimContext context, double tau, int classes) {
        return ExactPsi.of(Surrogate.of(CompSumLoss.tau(tau)), classes, context.seed());
    }

    static ClaimBuilder tight() {
        return Claims.claim("nb-vs-lr/HC-TIGHT")
                .from(Sources.MAO.at("tightness of Theorem 3.1"))
                .title("The bound is attained up to cross-entropy")
                .states(
                        "For \\(\\tau \\le 1\\) and every K the bound is attained: two classes with probabilities \\((1 \\pm t)/2\\) and equal"
                                + " scores have a ratio of at least 1 - 1e-6.")
                .assuming("assumptions", SCORES)
                .verifiedBy(CompSumClaims::verifyTight);
    }

    private static Verdict verifyTight(ClaimContext context) {
        Always record = Always.of("smallest ratio of the 0-1 regret to the bound");
        int points = context.full() ? 99 : 9;
        double smallest = Double.POSITIVE_INFINITY;
        for (double tau : new double[] {0, 0.5, 1}) {
            for (int classes : new int[] {2, 3, 5, 10}) {
                Surrogate surrogate = Surrogate.of(CompSumLoss.tau(tau));
                for (int i = 1; i <= points; i++) {
                    double t = i / (points + 1.0);
                    double[] p = new double[classes];
                    double[] scores = new double[classes];
                    Arrays.fill(scores, -50);
                    p[0] = (1 + t) / 2;
                    p[1] = (1 - t) / 2;
                    scores[0] = 0;
                    scores[1] = 0;
                    double ratio = t / CompSumTransform.of(tau, classes).gamma(surrogate.regret(p, scores));
                    smallest = Math.min(smallest, ratio);
                    record.atLeast("tau = " + tau + ", K = " + classes + ", t = " + t, ratio, 1 - 1e-6);
                }
            }
        }
        return record.statistic("smallest ratio of the 0-1 regret to the bound", smallest)
                .target(1)
                .verdict();
    }

    static ClaimBuilder loose() {
        return Claims.claim("nb-vs-lr/HC-GCE-LOOSE")
                .from(Sources.MAO.derivedFrom("Theorem 3.1 for generalized cross-entropy"))
                .title("Generalized cross-entropy: the closed form is not attained")
                .states(
                        "For \\(\\tau = 1.7\\), K = 5 and t = 0.2 (at full budget also other K and t) every distribution has a surrogate regret"
                                + " of more than 1.5 times (1.2 times elsewhere) \\(\\Psi(t)\\).")
                .assuming(
                        "assumptions",
                        SCORES + "; the exact infimum is searched, so that a smaller value cannot be excluded")
                .verifiedBy(CompSumClaims::verifyLoose);
    }

    private static Verdict verifyLoose(ClaimContext context) {
        Always record = Always.of("smallest exact infimum over Psi");
        record.atLeast("tau = 1.7, K = 5, t = 0.2", over(context, 5, 0.2), 1.5);
        for (int classes : context.full() ? new int[] {3, 5, 8} : new int[0]) {
            for (double t : new double[] {0.05, 0.1, 0.2, 0.5, 0.8}) {
                record.atLeast("tau = 1.7, K = " + classes + ", t = " + t, over(context, classes, t), 1.2);
            }
        }
        return record.statistic("exact infimum over Psi at tau = 1.7, K = 5, t = 0.2", over(context, 5, 0.2))
                .verdict();
    }

    private static double over(ClaimContext context, int classes, double t) {
        return exact(context, 1.7, classes).psi(t)
                / CompSumTransform.of(1.7, classes).psi(t);
    }

    static ClaimBuilder box() {
        return Claims.claim("nb-vs-lr/HC-BOX")
                .from(Sources.CHARACTERIZATION)
                .title("Cross-entropy with scores in a box, two classes")
                .states(
                        "With scores in \\([-\\Lambda, \\Lambda]^K\\), \\(\\Lambda = 0.1\\) and 1, the formula for bounded scores holds for K = 2.")
                .verifiedBy(context -> Attacks.verdict(context, List.of(box(1, 2), box(0.1, 2))))
                .control(
                        "NC-BOX",
                        "The same with three classes",
                        "With scores in \\([-\\Lambda, \\Lambda]^K\\), \\(\\Lambda = 0.1\\), the formula for bounded scores holds for K = 3.",
                        context -> Attacks.verdict(context, List.of(box(0.1, 3))));
    }

    private static Attack box(double lambda, int classes) {
        return new Attack(
                Surrogate.crossEntropyInBox(lambda), classes, Candidate.of(new BoxTransform(lambda, classes)));
    }

    static ClaimBuilder constrainedHinge() {
        return Claims.claim("nb-vs-lr/HC-LLW")
                .from(Sources.AWASTHI_MULTICLASS)
                .title("The constrained hinge bounds the 0-1 regret by itself")
                .states(
                        "For the hinge of Lee, Lin and Wahba the surrogate regret is at least the 0-1 regret, and for K = 3 some"
                                + " distribution on a grid has equality.")
                .assuming("grid", "probabilities in multiples of 1/12 (1/48 at full budget, there also K = 4)")
                .verifiedBy(CompSumClaims::verifyConstrained)
                .control(
                        "NC-CS",
                        "The Crammer-Singer hinge has a bound",
                        "For the Crammer-Singer hinge and K = 3 \\(E[\\Delta C_{01}] \\le 0.49 + 1000 r\\), r the surrogate regret: it would follow from"
                                + " any bound that tends to less than 0.49 with r.",
                        context -> Attacks.verdict(
                                context,
                                List.of(new Attack(
                                        Surrogate.of(new CrammerSingerHinge()),
                                        3,
                                        Candidate.gamma("0.49 + 1000 r", r -> 0.49 + 1000 * r)))))
                .control(
                        "NC-WW",
                        "The Weston-Watkins hinge has a bound",
                        "For the Weston-Watkins hinge and K = 3 \\(E[\\Delta C_{01}] \\le 0.16 + 1000 r\\), r the surrogate regret.",
                        context -> Attacks.verdict(
                                context,
                                List.of(new Attack(
                                        Surrogate.of(new WestonWatkinsHinge()),
                                        3,
                                        Candidate.gamma("0.16 + 1000 r", r -> 0.16 + 1000 * r)))));
    }

    private static Verdict verifyConstrained(ClaimContext context) {
        Surrogate surrogate = Surrogate.of(new ConstrainedHinge());
        int g = context.full() ? 48 : 12;
        double smallest = Double.POSITIVE_INFINITY;
        List<double[]> grid = simplex(g, 3);
        if (context.full()) {
            grid.addAll(simplex(g, 4));
        }
        for (double[] p : grid) {
            for (int predicted = 0; predicted < p.length; predicted++) {
                double t = Arrays.stream(p).max().orElseThrow() - p[predicted];
                if (t > 1e-9) {
                    smallest = Math.min(smallest, surrogate.regretGivenPrediction(p, predicted) / t);
                }
            }
        }
        List<Check> checks = List.of(
                Check.holds("grid, no regret below t", smallest >= 1 - 1e-9, "smallest ratio " + smallest),
                Check.holds("grid, equality somewhere", smallest <= 1 + 1e-9, "smallest ratio " + smallest));
        Verdict attacked = Attacks.verdict(
                context,
                List.of(
                        new Attack(surrogate, 4, Candidate.of(new ConstrainedHingeTransform(4))),
                        new Attack(surrogate, 3, Candidate.of(new ConstrainedHingeTransform(3)))));
        Always record = Always.of("smallest surrogate regret over 0-1 regret on the grid")
                .addAll(checks)
                .add(Check.holds("adversarial search", attacked.kind() == Verdict.Kind.SUPPORTED, attacked.reason()))
                .examined(grid.size() + attacked.replicates())
                .statistic("smallest surrogate regret over 0-1 regret on the grid", smallest)
                .target(1);
        attacked.tables().forEach(record::table);
        attacked.figures().forEach(record::figure);
        return record.verdict();
    }

    /** All probability vectors in multiples of 1/g. */
    private static List<double[]> simplex(int g, int classes) {
        List<double[]> grid = new ArrayList<>();
        int points = IntStream.range(0, classes - 1).reduce(1, (n, k) -> n * (g + 1));
        for (int code = 0; code < points; code++) {
            double[] p = new double[classes];
            int rest = g;
            int left = code;
            for (int k = 0; k < classes - 1; k++) {
                int share = left % (g + 1);
                left /= g + 1;
                rest -= share;
                p[k] = (double) share / g;
            }
            if (rest >= 0) {
                p[classes - 1] = (double) rest / g;
                grid.add(p);
            }
        }
        return grid;
    }
}
