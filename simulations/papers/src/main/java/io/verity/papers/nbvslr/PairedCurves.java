package io.verity.papers.nbvslr;

import io.verity.estimators.learning.LearningCurveResult;
import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Error curves of both classifiers on the same training sets, measured as evidence.
 *
 * @param sizes training rows, ascending
 * @param repeats at every size
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PairedCurves(int[] sizes, int repeats) {
    private static final List<String> MODELS =
            Arrays.stream(Model.values()).map(Model::words).toList();

    /** What is fitted: errors of naive Bayes and of logistic regression on one training set. */
    @FunctionalInterface
    interface Errors {
        double[] of(int rows, RandomStream stream);
    }

    /** Errors on one training set that is drawn from some classes. */
    static double[] errors(GaussianClasses classes, int rows, RandomStream stream, ClaimContext context) {
        LabelledRows train = classes.draw(stream, rows);
        return new double[] {
            classes.error(Model.NB.fit(train, context.backend()), stream),
            classes.error(Model.LR.fit(train, context.backend()), stream)
        };
    }

    /**
     * Fits in parallel where threads are free. Streams are those of the claim's replicates, for purposes of their own.
     *
     * @param purpose of the stream at the first size; the others follow
     */
    LearningCurveResult measure(ClaimContext context, long purpose, Errors fitted) {
        List<double[][]> all = context.map(LongStream.range(0, repeats).boxed().toList(), r -> {
            double[][] pairs = new double[sizes.length][];
            for (int i = 0; i < sizes.length; i++) {
                pairs[i] = fitted.of(sizes[i], context.stream(r).forPurpose(purpose + i));
            }
            return pairs;
        });
        double[][][] errors = new double[MODELS.size()][sizes.length][repeats];
        for (int k = 0; k < errors.length; k++) {
            for (int i = 0; i < sizes.length; i++) {
                for (int r = 0; r < repeats; r++) {
                    errors[k][i][r] = all.get(r)[i][k];
                }
            }
        }
        return LearningCurveResult.of(MODELS, sizes, errors, context.seed());
    }

    static List<LearningCurveResult.Crossing> crossings(LearningCurveResult result) {
        return result.crossings(Model.NB.words(), Model.LR.words());
    }

    /** Columns of {@link #rows}, after those of the caller. */
    static ResultTable.Builder columns(ResultTable.Builder table) {
        return table.integer("m", "training rows m", "")
                .column(new ResultTable.Column("nb", "naive Bayes", "", ResultTable.Kind.NUMBER, "nbSe"))
                .number("nbSe", "SE", "")
                .column(new ResultTable.Column("lr", "logistic regression", "", ResultTable.Kind.NUMBER, "lrSe"))
                .number("lrSe", "SE", "")
                .column(new ResultTable.Column("lead", "lead of naive Bayes", "", ResultTable.Kind.NUMBER, "leadSe"))
                .number("leadSe", "SE, paired", "");
    }

    static List<Object[]> rows(LearningCurveResult result) {
        List<LearningCurveResult.Point> nb = points(result, Model.NB);
        List<LearningCurveResult.Point> lr = points(result, Model.LR);
        List<LearningCurveResult.Difference> leads = result.differences(Model.LR.words(), Model.NB.words());
        return IntStream.range(0, nb.size())
                .mapToObj(i -> new Object[] {
                    nb.get(i).m(),
                    nb.get(i).meanError(),
                    nb.get(i).standardError(),
                    lr.get(i).meanError(),
                    lr.get(i).standardError(),
                    leads.get(i).mean(),
                    leads.get(i).standardError()
                })
                .toList();
    }

    static void draw(Figure.Builder figure, String panel, LearningCurveResult result) {
        for (Model model : Model.values()) {
            List<LearningCurveResult.Point> points = points(result, model);
            CurveFigures.curve(
                    figure,
                    model.words(),
                    panel,
                    points.stream().mapToDouble(LearningCurveResult.Point::m).toArray(),
                    points.stream()
                            .mapToDouble(LearningCurveResult.Point::meanError)
                            .toArray(),
                    points.stream()
                            .mapToDouble(LearningCurveResult.Point::standardError)
                            .toArray());
        }
    }

    private static List<LearningCurveResult.Point> points(LearningCurveResult result, Model model) {
        return result.points().stream()
                .filter(p -> p.model().equals(model.words()))
                .toList();
    }
}
