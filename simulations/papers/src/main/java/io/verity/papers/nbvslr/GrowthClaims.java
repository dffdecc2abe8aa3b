package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Illustrated;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Acceptance;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** NBLR-NB-GROWTH, NBLR-LR-GROWTH and NBLR-RATIO: how many rows each classifier needs as the features grow. */
final class GrowthClaims {
    private static final double EPSILON = MixtureCondition.EPSILON;
    private static final double LEVEL = .95;
    private static final Acceptance LOGARITHMIC = new Acceptance(Double.NEGATIVE_INFINITY, .2);
    private static final int CELLS = 100_000;

    /** The exponent of log d itself over 16 to 128 is 0.27; a statement that rows grow at all is weaker. */
    private static final Acceptance GROWING = new Acceptance(0, Double.POSITIVE_INFINITY);

    private static final String DESIGN = "mixture of Gaussians with fresh rows, K = 2; shared variances; exact errors";

    private GrowthClaims() {}

    private static List<CurvePlan> naiveBayesPlans(ClaimContext context) {
        if (!context.full()) {
            return List.of(CurvePlan.mixture(Model.NB, 400, 16, 32, 64, 128));
        }
        return List.of(
                CurvePlan.mixture(Model.NB, 1000, 16, 32, 64, 128, 256, 512),
                moreClasses(3, 64, 128, 256, 512),
                moreClasses(5, 64, 128, 256, 512));
    }

    /** Naive Bayes with more than two classes, whose neighbours are closer: from d = 64 on rows fall to the target. */
    private static CurvePlan moreClasses(int classes, int... features) {
        return new CurvePlan(
                Model.NB,
                features,
                d -> GaussianClasses.mixture(d, classes),
                d -> CurvePlan.multiples(classes, 2, 2.4, 3, 4, 5, 6, 8, 10, 13, 17, 22),
                400);
    }

    private static CurvePlan logisticPlan(ClaimContext context) {
        return context.full()
                ? CurvePlan.mixture(Model.LR, 60, 64, 128, 256, 512)
                : CurvePlan.mixture(Model.LR, 100, 32, 64, 128);
    }

    static ClaimBuilder naiveBayes() {
        return Claims.claim("nb-vs-lr/NBLR-NB-GROWTH")
                .from(Sources.ZHENG.at("Theorem on naive Bayes (m = O(log d)) and its simulation"))
                .title("Naive Bayes needs at most O(log d) rows")
                .states(
                        "Over d = 16 to 128 (512 at full budget, there also with K = 3 and 5) the rows with which the mean error of naive"
                                + " Bayes falls to the Bayes error + 0.01 grow with an exponent of at most 0.2.")
                .assuming("assumptions", DESIGN)
                .verifiedBy(context -> exponent(context, naiveBayesPlans(context), EPSILON, LOGARITHMIC))
                .control(
                        "NC-FIXED-SIGNAL",
                        "O(log d) rows where the signal does not grow",
                        "With means a distance of 3 apart in every dimension the rows for the Bayes error + 0.02 grow with an exponent of"
                                + " at most 0.2 over d = 16 to 256.",
                        context -> exponent(context, List.of(fixedSignal(context)), .02, LOGARITHMIC));
    }

    private static CurvePlan fixedSignal(ClaimContext context) {
        return new CurvePlan(
                Model.NB,
                new int[] {16, 64, 256},
                d -> GaussianClasses.fixedSignal(d, 3),
                d -> CurvePlan.multiples(d, 1, 1.4, 2, 2.8, 4, 5.6),
                context.full() ? 400 : 100);
    }

    static ClaimBuilder published() {
        return Claims.claim("nb-vs-lr/NBLR-NB-LOG")
                .from(Sources.ZHENG.at("figures of the simulation: rows needed against log d"))
                .title("The rows that naive Bayes needs in the mixture grow like log d")
                .states(
                        "Over d = 16 to 128 (512 at full budget) the rows with which the mean error of naive Bayes falls to the Bayes error"
                                + " + 0.01 grow: their exponent is positive (that of log d itself is 0.27 there).")
                .assuming("assumptions", DESIGN)
                .expectingRefuted()
                .verifiedBy(Controls.bare(context ->
                        exponent(context, List.of(naiveBayesPlans(context).get(0)), EPSILON, GROWING)));
    }

    static ClaimBuilder logistic() {
        return Claims.claim("nb-vs-lr/NBLR-LR-GROWTH")
                .from(Sources.ZHENG.at("Theorem on logistic regression (m = O(d)) and its simulation"))
                .title("Logistic regression needs a number of rows of order d")
                .states(
                        "Over d = 32 to 128 (64 to 512 at full budget) the rows with which the mean error of logistic regression (C = 1)"
                                + " falls to the Bayes error + 0.01 grow with an exponent between 0.45 and 1.15.")
                .assuming("assumptions", DESIGN)
                .verifiedBy(context ->
                        exponent(context, List.of(logisticPlan(context)), EPSILON, new Acceptance(.45, 1.15)))
                .control(
                        "NC-LR-LOG",
                        "Logistic regression needs O(log d) rows",
                        "The same rows of logistic regression grow with an exponent of at most 0.2.",
                        Controls.bare(context -> exponent(
                                context, List.of(CurvePlan.mixture(Model.LR, 60, 32, 64, 128)), EPSILON, LOGARITHMIC)));
    }

    static ClaimBuilder ratio() {
        return Claims.claim("nb-vs-lr/NBLR-RATIO")
                .from(Sources.ZHENG.derivedFrom("naive Bayes converges faster than logistic regression"))
                .title("Naive Bayes needs fewer rows than logistic regression")
                .states(
                        "At d = 128 logistic regression needs more than three times the rows of naive Bayes for the Bayes error + 0.01.")
                .assuming("assumptions", DESIGN)
                .verifiedBy(GrowthClaims::verifyRatio);
    }

    private static Verdict verifyRatio(ClaimContext context) {
        int[] dimensions = context.full() ? new int[] {32, 64, 128, 256} : new int[] {32, 64, 128};
        List<CurvePlan> plans =
                List.of(CurvePlan.mixture(Model.NB, 400, dimensions), CurvePlan.mixture(Model.LR, 60, dimensions));
        Measured measured = measure(context, plans, EPSILON);
        double bound = 3;
        int at = 2;
        RowsNeeded few = measured.groups().get(0).rows().get(at);
        RowsNeeded many = measured.groups().get(1).rows().get(at);
        double ratio = many.value() / few.value();
        double error = Math.hypot(few.logStandardError(), many.logStandardError());
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.5 * context.errorProbability());
        Interval interval = Double.isFinite(error)
                ? new Interval(ratio * StrictMath.exp(-z * error), ratio * StrictMath.exp(z * error))
                : new Interval(0, Double.POSITIVE_INFINITY);
        Acceptance accepted = new Acceptance(bound, Double.POSITIVE_INFINITY);
        Verdict.Kind kind = kind(interval, accepted);
        String reason = String.format(
                Locale.ROOT,
                "%.1f rows against %.2f at d = 128: ratio %.1f, interval [%.1f, %.1f], accepted above %s",
                many.value(),
                few.value(),
                ratio,
                interval.lower(),
                interval.upper(),
                Numbers.text(bound));
        return Illustrated.with(
                verdict(
                        context,
                        kind,
                        "ratio",
                        reason,
                        new Statistic(
                                "rows of logistic regression over rows of naive Bayes at d = 128",
                                ratio,
                                interval.lower(),
                                interval.upper()),
                        bound,
                        measured.replicates()),
                measured.evidence(EPSILON));
    }

    /** The largest exponent of several plans decides; each gets its share of the error probability. */
    private static Verdict exponent(ClaimContext context, List<CurvePlan> plans, double epsilon, Acceptance accepted) {
        Measured measured = measure(context, plans, epsilon);
        double alpha = context.errorProbability() / plans.size();
        Verdict.Kind kind = Verdict.Kind.SUPPORTED;
        GrowthExponent shown = null;
        List<String> parts = new ArrayList<>();
        for (RowsByFeatures group : measured.groups()) {
            GrowthExponent growth = GrowthExponent.of(group.features(), group.rows());
            Interval interval = growth.interval(alpha);
            kind = worse(kind, kind(interval, accepted));
            if (shown == null || !(growth.slope() <= shown.slope())) {
                shown = growth;
            }
            parts.add(
                    growth.known()
                            ? String.format(
                                    Locale.ROOT,
                                    "%s: exponent %.3f (SE %.3f), interval [%.3f, %.3f]",
                                    group.words(),
                                    growth.slope(),
                                    growth.standardError(),
                                    interval.lower(),
                                    interval.upper())
                            : group.words() + ": the target was not reached in every dimension and resample");
        }
        if (shown == null) {
            throw new IllegalStateException("no curve was planned");
        }
        Interval interval = shown.interval(alpha);
        String reason = String.join("; ", parts) + "; accepted " + words(accepted);
        return Illustrated.with(
                verdict(
                        context,
                        kind,
                        "exponent",
                        reason,
                        new Statistic(
                                "exponent of the rows needed in d", shown.slope(), interval.lower(), interval.upper()),
                        Double.isFinite(accepted.upper()) ? accepted.upper() : accepted.lower(),
                        measured.replicates()),
                measured.evidence(epsilon));
    }

    private static String words(Acceptance accepted) {
        if (!Double.isFinite(accepted.lower())) {
            return "at most " + Numbers.text(accepted.upper());
        }
        return Double.isFinite(accepted.upper())
                ? Numbers.text(accepted.lower()) + " to " + Numbers.text(accepted.upper())
                : "at least " + Numbers.text(accepted.lower());
    }

    private static Verdict verdict(
            ClaimContext context,
            Verdict.Kind kind,
            String criterion,
            String reason,
            Statistic statistic,
            double target,
            long replicates) {
        return new Verdict(
                kind,
                criterion,
                reason,
                statistic,
                target,
                null,
                context.errorProbability(),
                replicates,
                null,
                Map.of(),
                List.of("asymptotic: intervals are normal, with standard errors from " + ErrorCurve.RESAMPLES
                        + " bootstrap resamples of the repeats"),
                List.of(),
                List.of());
    }

    private static Verdict.Kind kind(Interval interval, Acceptance accepted) {
        return switch (interval.against(accepted.lower(), accepted.upper())) {
            case INSIDE -> Verdict.Kind.SUPPORTED;
            case OUTSIDE -> Verdict.Kind.REFUTED;
            case OPEN -> Verdict.Kind.INCONCLUSIVE;
        };
    }

    private static Verdict.Kind worse(Verdict.Kind a, Verdict.Kind b) {
        if (a == Verdict.Kind.REFUTED || b == Verdict.Kind.REFUTED) {
            return Verdict.Kind.REFUTED;
        }
        return a == Verdict.Kind.INCONCLUSIVE ? a : b;
    }

    /** Curves of some plans, with the rows needed. */
    private record Measured(List<ErrorCurve> curves, List<RowsByFeatures> groups, long replicates) {
        Illustrated.Evidence evidence(double epsilon) {
            List<ResultTable> tables = new ArrayList<>(CurveFigures.tables(groups, epsilon, LEVEL));
            tables.add(CurveFigures.curves(curves));
            List<Figure> figures = new ArrayList<>(List.of(CurveFigures.errors(curves)));
            CurveFigures.rowsNeeded(groups, epsilon, LEVEL).ifPresent(figures::add);
            return new Illustrated.Evidence(Map.of(), tables, figures);
        }
    }

    private static Measured measure(ClaimContext context, List<CurvePlan> plans, double epsilon) {
        List<ErrorCurve> all = new ArrayList<>();
        List<RowsByFeatures> groups = new ArrayList<>();
        long replicates = 0;
        for (int p = 0; p < plans.size(); p++) {
            CurvePlan plan = plans.get(p);
            List<ErrorCurve> curves = plan.measure(context, CELLS * p);
            all.addAll(curves);
            List<RowsNeeded> needed = new ArrayList<>();
            for (int i = 0; i < curves.size(); i++) {
                RandomStream resampling = context.stream((long) CELLS * p + i).forPurpose(RandomStream.BOOTSTRAP);
                needed.add(curves.get(i).rowsNeeded(epsilon, resampling));
                replicates += (long) curves.get(i).sizes().length * plan.repeats();
            }
            int classes = plan.design().apply(plan.features()[0]).classes();
            groups.add(new RowsByFeatures(
                    plan.model().words() + (classes == 2 ? "" : ", K = " + classes),
                    Arrays.stream(plan.features()).asDoubleStream().toArray(),
                    needed));
        }
        return new Measured(all, groups, replicates);
    }
}
