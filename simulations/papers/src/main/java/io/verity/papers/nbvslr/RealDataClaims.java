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
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** NBLR-REAL: both classifiers on public data. */
final class RealDataClaims {
    private static final long PURPOSE = 1L << 20;

    /** A data set and the sizes that its curves are shown at. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shown(RealSet set, int... sizes) {}

    private final RealSet wine = RealSet.wine();
    private final RealSet cancer = RealSet.breastCancer();

    ClaimBuilder regimes() {
        return Claims.claim("nb-vs-lr/NBLR-REAL")
                .from(Sources.ZHENG.at("experiments: naive Bayes converges faster, two regimes"))
                .title("Naive Bayes leads with few rows, logistic regression with many, on wine and breast cancer")
                .states(
                        "The mean error of naive Bayes (shared variances) is smaller after 9 rows of wine and after 10 of breast cancer,"
                                + " that of multinomial logistic regression (C = 1) after 100 and after 400.")
                .assuming(
                        "assumptions",
                        "random training rows of the set, each class among them; features scaled to [0, 1] on the training rows; error"
                                + " on all other rows of the set")
                .verifiedBy(new Illustrated(
                        Criteria.everyMean(
                                        "lead in mean error",
                                        List.of(
                                                "naive Bayes, wine, m = 9",
                                                "logistic regression, wine, m = 100",
                                                "naive Bayes, breast cancer, m = 10",
                                                "logistic regression, breast cancer, m = 400"),
                                        this::leads)
                                .above(0)
                                .expecting(
                                        new double[] {.080, .0205, .018, .0315}, new double[] {.096, .019, .037, .014})
                                // skewed at m = 10, so that looks before the 4000th replicate may have to wait
                                .caps(4000, 12_000),
                        this::evidence));
    }

    private double[] leads(ClaimContext context, RandomStream stream) {
        return new double[] {
            lead(wine, 9, context, stream.forPurpose(PURPOSE)),
            -lead(wine, 100, context, stream.forPurpose(PURPOSE + 1)),
            lead(cancer, 10, context, stream.forPurpose(PURPOSE + 2)),
            -lead(cancer, 400, context, stream.forPurpose(PURPOSE + 3))
        };
    }

    /** Error of logistic regression minus that of naive Bayes on the same split. */
    private static double lead(RealSet set, int m, ClaimContext context, RandomStream stream) {
        double[] errors = set.errors(m, stream, context.backend());
        return errors[1] - errors[0];
    }

    private Illustrated.Evidence evidence(ClaimContext context) {
        List<Shown> all = new ArrayList<>(
                List.of(new Shown(wine, 9, 15, 30, 60, 100), new Shown(cancer, 10, 20, 50, 100, 200, 400)));
        if (context.full()) {
            all.add(new Shown(RealSet.digits(), 40, 80, 160, 320, 640, 1280));
        }
        int repeats = context.full() ? 300 : 60;
        ResultTable.Builder table =
                PairedCurves.columns(ResultTable.named("learning-curves", "Mean errors over " + repeats + " splits")
                        .text("data", "data"));
        Figure.Builder figure = Figure.named(
                        "learning-curves",
                        "Learning curves on public data",
                        Axis.log10("training rows m"),
                        Axis.linear("mean error"))
                .caption("Means over " + repeats + " random splits with two standard errors.");
        for (int s = 0; s < all.size(); s++) {
            RealSet set = all.get(s).set();
            LearningCurveResult result = new PairedCurves(all.get(s).sizes(), repeats)
                    .measure(
                            context,
                            PURPOSE + 1000L * (s + 1),
                            (m, stream) -> set.errors(m, stream, context.backend()));
            for (Object[] row : PairedCurves.rows(result)) {
                Object[] named = new Object[row.length + 1];
                named[0] = set.name();
                System.arraycopy(row, 0, named, 1, row.length);
                table.row(named);
            }
            PairedCurves.draw(figure, set.name(), result);
        }
        return new Illustrated.Evidence(Map.of(), List.of(table.build()), List.of(figure.build()));
    }
}
