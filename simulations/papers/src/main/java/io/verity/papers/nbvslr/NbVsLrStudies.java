package io.verity.papers.nbvslr;

import io.verity.simulations.studies.Measure;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyBuilder;
import io.verity.simulations.studies.StudyProvider;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The studies {@code nb-vs-lr/mixture}, {@code nb-vs-lr/published}, {@code nb-vs-lr/two-regimes} and
 * {@code nb-vs-lr/fixed-signal}. Both classifiers are fitted to the same training sets.
 */
public final class NbVsLrStudies implements StudyProvider {
    /** Called by the service loader. */
    public NbVsLrStudies() {}

    @Override
    public List<Study<?>> studies() {
        return List.of(mixture(), published(), twoRegimes(), fixedSignal());
    }

    private static <C extends Record> StudyBuilder<C> errors(
            StudyBuilder<C> study, ToDoubleFunction<C> limit, String measure, String label) {
        return study.factor("model", Model.NB, Model.LR)
                .paired("model")
                .metric("error", "probability of a wrong class")
                .measure(new Measure<>(
                        "meanError", "mean error", "", Measure.Kind.MEAN, (condition, row) -> row.value("error")))
                .measure(new Measure<>(
                        measure,
                        label,
                        "",
                        Measure.Kind.MEAN,
                        (condition, row) -> row.value("error") - limit.applyAsDouble(condition)))
                .replicates(200)
                .chunk(10);
    }

    static Study<MixtureCondition> mixture() {
        return errors(
                        Study.named("nb-vs-lr/mixture", MixtureCondition.class),
                        MixtureCondition::bayes,
                        "excess",
                        "excess over Bayes")
                .factor("d", 16, 64, 256)
                .factor("K", 2)
                .factor("design", MixtureCondition.Rows.FRESH)
                .factor("m", 4, 6, 8, 12, 16, 32, 64, 128, 256, 512)
                .title("Error of naive Bayes and of logistic regression against training rows, mixture of Gaussians")
                .tables(StudyCurves::rowsNeeded)
                .figures(StudyCurves::ofMixture)
                .replicate((condition, stream) -> Row.of("error", condition.error(stream)));
    }

    static Study<PublishedCondition> published() {
        return Study.named("nb-vs-lr/published", PublishedCondition.class)
                .factor("d", 100, 200, 400)
                .factor("K", 2)
                .factor("step", 0)
                .factor("model", Model.NB, Model.LR)
                .paired("model")
                .title(
                        "Rows needed by the published protocol: the first training size whose test error is below Bayes + 0.01")
                .metric("rows", "training rows", "rows")
                .measure(new Measure<>(
                        "meanRows", "mean rows", "rows", Measure.Kind.MEAN, (condition, row) -> row.value("rows")))
                .replicates(5)
                .chunk(1)
                .figures(StudyCurves::ofPublished)
                .replicate((condition, stream) -> Row.of("rows", condition.rows(stream)));
    }

    static Study<TwoRegimesCondition> twoRegimes() {
        return errors(
                        Study.named("nb-vs-lr/two-regimes", TwoRegimesCondition.class),
                        TwoRegimesCondition::limit,
                        "excessOverLimit",
                        "excess over its limit")
                .factor("d", 50)
                .factor("rho", .05)
                .factor("difference", .8)
                .factor("oddScale", 5.0)
                .factor("m", 8, 16, 32, 64, 128, 256, 512, 1024)
                .title("Two regimes: naive Bayes ahead with few rows, logistic regression with many")
                .figures(StudyCurves::ofTwoRegimes)
                .replicate((condition, stream) -> Row.of("error", condition.error(stream)));
    }

    static Study<FixedSignalCondition> fixedSignal() {
        return errors(
                        Study.named("nb-vs-lr/fixed-signal", FixedSignalCondition.class),
                        FixedSignalCondition::bayes,
                        "excess",
                        "excess over Bayes")
                .factor("d", 16, 64, 256)
                .factor("distance", 3.0)
                .factor("m", 8, 16, 32, 64, 128, 256, 512, 1024)
                .title("Error against training rows when the distance of the classes does not grow with the features")
                .tables(StudyCurves::fixedRowsNeeded)
                .figures(StudyCurves::ofFixedSignal)
                .replicate((condition, stream) -> Row.of("error", condition.error(stream)));
    }
}
