package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Illustrated;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

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
        ResultTable.Builder table = ResultTable.named("learning-curves", "Mean errors over " + repeats + " splits")
                .text("data", "data")
                .integer("m", "training rows m", "")
                .column(new ResultTable.Column("nb", "naive Bayes", "", ResultTable.Kind.NUMBER, "nbSe"))
                .number("nbSe", "standard error", "")
                .column(new ResultTable.Column("lr", "logistic regression", "", ResultTable.Kind.NUMBER, "lrSe"))
                .number("lrSe", "standard error", "");
        Figure.Builder figure = Figure.named(
                        "learning-curves",
                        "Learning curves on public data",
                        Axis.log10("training rows m"),
                        Axis.linear("mean error"))
                .caption("Means over " + repeats + " random splits with two standard errors.");
        for (int s = 0; s < all.size(); s++) {
            Shown shown = all.get(s);
            int n = shown.sizes().length;
            double[][] means = new double[2][n];
            double[][] errors = new double[2][n];
            for (int i = 0; i < n; i++) {
                int m = shown.sizes()[i];
                long purpose = PURPOSE + 1000L * (s + 1) + i;
                List<double[]> pairs = context.map(
                        LongStream.range(0, repeats).boxed().toList(),
                        r -> shown.set().errors(m, context.stream(r).forPurpose(purpose), context.backend()));
                for (int k = 0; k < 2; k++) {
                    int which = k;
                    Moments moments =
                            Moments.of(pairs.stream().mapToDouble(p -> p[which]).toArray());
                    means[k][i] = moments.mean();
                    errors[k][i] = MonteCarlo.errorOfMean(moments);
                }
                table.row(shown.set().name(), m, means[0][i], errors[0][i], means[1][i], errors[1][i]);
            }
            double[] m = Arrays.stream(shown.sizes()).asDoubleStream().toArray();
            CurveFigures.curve(figure, Model.NB.words(), shown.set().name(), m, means[0], errors[0]);
            CurveFigures.curve(figure, Model.LR.words(), shown.set().name(), m, means[1], errors[1]);
        }
        return new Illustrated.Evidence(Map.of(), List.of(table.build()), List.of(figure.build()));
    }
}
