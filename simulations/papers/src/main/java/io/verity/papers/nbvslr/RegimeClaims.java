package io.verity.papers.nbvslr;

import io.verity.estimators.learning.LearningCurveResult;
import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** NBLR-REGIMES and NBLR-ASYM: naive Bayes ahead with few rows, logistic regression with many, and where naive Bayes ends. */
final class RegimeClaims {
    private static final int[] SIZES = {8, 16, 32, 64, 128, 256, 512, 1024};
    private static final int[] MIXTURE_SIZES = {8, 16, 32, 64, 128, 256};
    private static final int MIXTURE_FEATURES = 32;
    private static final int LAST = 20_000;
    private static final long PURPOSE = 1L << 20;

    private RegimeClaims() {}

    static ClaimBuilder regimes() {
        return Claims.claim("nb-vs-lr/NBLR-REGIMES")
                .from(Sources.NG_JORDAN.at("two regimes; Zheng et al., arXiv 2302.02334, for the multiclass case"))
                .title("Two regimes: naive Bayes first, logistic regression in the end")
                .states(
                        "With 50 equally correlated features in two units (correlation 0.05, every second feature times 5) naive Bayes has"
                                + " the smaller mean error after 64 rows and logistic regression (C = 1) after 1024.")
                .assuming(
                        "assumptions",
                        "Gaussian classes, features correlated, so that naive Bayes is wrong; exact errors")
                .verifiedBy(new Illustrated(
                        Criteria.everyMean(
                                        "lead in mean error",
                                        List.of("lead of naive Bayes, m = 64", "lead of logistic regression, m = 1024"),
                                        (context, stream) -> {
                                            GaussianClasses classes = GaussianClasses.twoRegimes();
                                            return new double[] {
                                                lead(classes, 64, stream, context),
                                                -lead(classes, 1024, stream.forPurpose(1024), context)
                                            };
                                        })
                                .above(0)
                                .expecting(new double[] {.060, .027}, new double[] {.022, .0042})
                                .caps(600, 1800),
                        RegimeClaims::regimesEvidence))
                .control(
                        "NC-NO-REGIMES",
                        "Two regimes in the mixture",
                        "In the mixture (K = 2, d = 32), on at least half of the sequences of training sets, logistic regression has the"
                                + " smaller error at some m of 8, 16, ..., 256 = 8 d.",
                        new Illustrated(
                                Criteria.proportion(
                                                "share of sequences in which logistic regression leads somewhere",
                                                (context, stream) -> leadsSomewhere(stream, context))
                                        .above(.5)
                                        .expecting(.05)
                                        .caps(200, 600)
                                        .batch(10),
                                RegimeClaims::mixtureEvidence));
    }

    /** Error of logistic regression minus that of naive Bayes on the same training set. */
    private static double lead(GaussianClasses classes, int rows, RandomStream stream, ClaimContext context) {
        double[] errors = PairedCurves.errors(classes, rows, stream, context);
        return errors[1] - errors[0];
    }

    private static double leadsSomewhere(RandomStream stream, ClaimContext context) {
        GaussianClasses mixture = GaussianClasses.mixture(MIXTURE_FEATURES, 2);
        for (int m : MIXTURE_SIZES) {
            if (lead(mixture, m, stream.forPurpose(m), context) < 0) {
                return 1;
            }
        }
        return 0;
    }

    static ClaimBuilder limit() {
        double limit = GaussianClasses.twoRegimes().naiveBayesLimit();
        return Claims.claim("nb-vs-lr/NBLR-ASYM")
                .from(Sources.ZHENG.derivedFrom("the limit of naive Bayes when its model is wrong"))
                .title("Where naive Bayes ends when features are correlated")
                .states(
                        "In the design of the two regimes the mean error of naive Bayes after 20000 rows is within 0.001 of"
                                + " \\(\\Phi(-\\tfrac12 D^\\top V^{-1}D/\\sqrt{D^\\top V^{-1}\\Sigma V^{-1}D}) = 0.08876\\), well above the Bayes"
                                + " error 0.05065.")
                .assuming(
                        "assumptions",
                        "V is the diagonal of the covariance \\(\\Sigma\\), D the difference of the means")
                .verifiedBy(Criteria.mean(
                                "mean error of naive Bayes after 20000 rows",
                                (context, stream) -> CurvePlan.error(
                                        Model.NB, GaussianClasses.twoRegimes(), LAST, stream, context.backend()))
                        .within(limit, .001)
                        .expecting(limit, .0008)
                        .caps(200, 600)
                        .batch(10));
    }

    private static Illustrated.Evidence regimesEvidence(ClaimContext context) {
        return evidence(
                context,
                GaussianClasses.twoRegimes(),
                new PairedCurves(SIZES, context.full() ? 200 : 60),
                "two-regimes",
                "Two regimes");
    }

    private static Illustrated.Evidence mixtureEvidence(ClaimContext context) {
        return evidence(
                context,
                GaussianClasses.mixture(MIXTURE_FEATURES, 2),
                new PairedCurves(MIXTURE_SIZES, 60),
                "one-regime",
                "The mixture, d = 32: naive Bayes ahead throughout");
    }

    private static Illustrated.Evidence evidence(
            ClaimContext context, GaussianClasses classes, PairedCurves plan, String name, String title) {
        LearningCurveResult result =
                plan.measure(context, PURPOSE, (rows, stream) -> PairedCurves.errors(classes, rows, stream, context));
        List<LearningCurveResult.Crossing> crossings = PairedCurves.crossings(result);
        String where = crossings.isEmpty()
                ? "none on the grid"
                : crossings.stream()
                        .map(c -> String.format(
                                Locale.ROOT,
                                "m = %.0f (95 %% bootstrap interval %.0f to %.0f, %d repeats)",
                                c.m(),
                                c.lower(),
                                c.upper(),
                                plan.repeats()))
                        .collect(Collectors.joining("; "));
        ResultTable.Builder table =
                PairedCurves.columns(ResultTable.named(name, "Mean errors on the same training sets"));
        PairedCurves.rows(result).forEach(table::row);
        Figure.Builder figure = Figure.named(name, title, Axis.log10("training rows m"), Axis.linear("mean error"))
                .caption("Means with two standard errors over " + plan.repeats()
                        + " repeats; horizontal lines: the errors with infinitely many rows"
                        + (crossings.isEmpty() ? "." : "; the vertical one: where the curves cross."));
        PairedCurves.draw(figure, "", result);
        for (Model model : Model.values()) {
            double limit = model == Model.NB ? classes.naiveBayesLimit() : classes.bayesError();
            figure.layer(Mark.HORIZONTAL_LINE, model.words(), new double[] {0}, new double[] {limit});
        }
        if (!crossings.isEmpty()) {
            double[] at = crossings.stream()
                    .mapToDouble(LearningCurveResult.Crossing::m)
                    .toArray();
            figure.layer(Mark.VERTICAL_LINE, "crossing", at, new double[at.length]);
        }
        return new Illustrated.Evidence(Map.of("crossing", where), List.of(table.build()), List.of(figure.build()));
    }
}
