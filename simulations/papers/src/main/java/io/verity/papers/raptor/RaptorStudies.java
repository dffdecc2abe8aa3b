package io.verity.papers.raptor;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.papers.evidence.Conditions;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.Measure;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyProvider;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The studies {@code raptor/theory} and {@code raptor/overlap}. */
public final class RaptorStudies implements StudyProvider {
    /** Called by the service loader. */
    public RaptorStudies() {}

    @Override
    public List<Study<?>> studies() {
        return List.of(theory(), overlap());
    }

    static Study<TheoryCondition> theory() {
        Regime.Theory limits = new Regime.Theory();
        return Study.named("raptor/theory", TheoryCondition.class)
                .factor("kappa", 2.0)
                .factor("nOverP", .5, 2.0)
                .factor("lambdaMean", .001, .01, .1, 1.0, 10.0)
                .factor("columns", 100, 200)
                .title("Cosine, accuracy and norm of ridge-logistic probes against their limits")
                .metric("cosine", "cosine to the teacher")
                .metric("accuracy", "exact accuracy on new rows")
                .metric("norm", "norm of the weights")
                .measure(mean("meanCosine", "mean cosine", "cosine"))
                .measure(mean("meanAccuracy", "mean accuracy", "accuracy"))
                .measure(mean("meanNorm", "mean norm", "norm"))
                .measure(Measure.bias(
                        "cosineBias", "cosine", c -> limits.at(c.regime()).cosine()))
                .measure(Measure.bias(
                        "accuracyBias", "accuracy", c -> limits.at(c.regime()).accuracy()))
                .measure(Measure.bias(
                        "normBias", "norm", c -> limits.at(c.regime()).norm()))
                .replicates(100)
                .chunk(10)
                .figures(result -> theoryFigures(result, limits))
                .replicate(RaptorStudies::probe);
    }

    private static Row probe(TheoryCondition condition, RandomStream stream) {
        double[] w =
                condition.regime().draw(stream, condition.columns()).fit(Backends.shared(), condition.lambdaMean());
        double cosine = GaussianSample.cosine(w);
        return Row.of("cosine", cosine)
                .put("accuracy", RidgeLogisticTheory.accuracy(condition.kappa(), cosine))
                .put("norm", GaussianSample.norm(w));
    }

    static Study<OverlapCondition> overlap() {
        Regime.Theory limits = new Regime.Theory();
        return Study.named("raptor/overlap", OverlapCondition.class)
                .factor("kappa", 2.0)
                .factor("nOverP", 2.0)
                .factor("lambdaMean", .01, .1, 1.0, 10.0)
                .factor("columns", 150)
                .factor("shared", 0.0, .5, .8)
                .title("Cosine of two probes whose samples share a fraction of their rows, against its limit")
                .metric("cosine", "cosine of the two probes")
                .measure(mean("meanCosine", "mean cosine", "cosine"))
                .measure(Measure.bias("cosineBias", "cosine", c -> limits.overlap(c.regime(), c.shared())))
                .replicates(100)
                .chunk(10)
                .figures(result -> overlapFigures(result, limits))
                .replicate((condition, stream) -> Row.of("cosine", condition.cosine(stream, Backends.shared())));
    }

    private static <C extends Record> Measure<C> mean(String name, String label, String metric) {
        return new Measure<>(name, label, "", Measure.Kind.MEAN, (condition, row) -> row.value(metric));
    }

    private static List<Figure> theoryFigures(SimulationResult result, Regime.Theory limits) {
        Figure.Builder figure = Figure.named(
                        "theory",
                        "Probes against their limits",
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("mean"))
                .caption("Lines: the limit. Bars: means with two Monte Carlo standard errors to either side.");
        Conditions.by(result, TheoryCondition.class, TheoryCondition::series).forEach((series, those) -> {
            panel(
                    figure,
                    series,
                    "cosine",
                    "meanCosine",
                    those,
                    c -> limit(c, limits).cosine());
            panel(
                    figure,
                    series,
                    "accuracy",
                    "meanAccuracy",
                    those,
                    c -> limit(c, limits).accuracy());
            panel(
                    figure,
                    series,
                    "norm",
                    "meanNorm",
                    those,
                    c -> limit(c, limits).norm());
        });
        return List.of(figure.build());
    }

    private static FixedPoint limit(ConditionSummary summary, Regime.Theory limits) {
        return limits.at(((TheoryCondition) summary.condition().value()).regime());
    }

    private static List<Figure> overlapFigures(SimulationResult result, Regime.Theory limits) {
        Figure.Builder figure = Figure.named(
                        "overlap",
                        "Two probes that share rows",
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("mean cosine"))
                .caption("Lines: the limit. Bars: means with two Monte Carlo standard errors to either side.");
        Conditions.by(result, OverlapCondition.class, OverlapCondition::series)
                .forEach((series, those) -> panel(figure, series, "", "meanCosine", those, summary -> {
                    OverlapCondition c = (OverlapCondition) summary.condition().value();
                    return limits.overlap(c.regime(), c.shared());
                }));
        return List.of(figure.build());
    }

    private static void panel(
            Figure.Builder figure,
            String series,
            String panel,
            String measure,
            List<ConditionSummary> those,
            ToDoubleFunction<ConditionSummary> limit) {
        double[] x = Conditions.each(those, c -> lambdaMean(c.condition().value()));
        double[] mean = Conditions.each(those, c -> c.measure(measure).value());
        figure.layer(Mark.LINE, series, panel, x, Conditions.each(those, limit));
        figure.layer(new Figure.Layer(
                Mark.ERROR_BAR,
                series,
                panel,
                x,
                mean,
                Conditions.each(
                        those,
                        c -> c.measure(measure).value() - 2 * c.measure(measure).mcse()),
                Conditions.each(
                        those,
                        c -> c.measure(measure).value() + 2 * c.measure(measure).mcse())));
    }

    private static double lambdaMean(Record condition) {
        return condition instanceof OverlapCondition overlap
                ? overlap.lambdaMean()
                : ((TheoryCondition) condition).lambdaMean();
    }
}
