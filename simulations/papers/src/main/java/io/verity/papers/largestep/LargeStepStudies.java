package io.verity.papers.largestep;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.Measure;
import io.verity.simulations.studies.MetricSummary;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyBuilder;
import io.verity.simulations.studies.StudyProvider;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The studies {@code large-step/separation} and {@code large-step/trajectory}. */
public final class LargeStepStudies implements StudyProvider {
    /** Iterations at which the trajectory study looks. */
    private static final int[] LOOKS = {1, 2, 3, 5, 8, 10, 20, 30, 50, 80, 100, 200, 300, 500, 800, 1000};

    /** Called by the service loader. */
    public LargeStepStudies() {}

    @Override
    public List<Study<?>> studies() {
        return List.of(separation(), trajectory());
    }

    static Study<DescentCondition> separation() {
        return conditions("large-step/separation", 20_000, .01, .1, 1, 10, 100, 1e3, 1e4)
                .title("Iterations to separation by step size")
                .metric("iterations", "iterations to separation, at most maxIterations", "iterations")
                .metric("separated", "whether the run separated the data within maxIterations (1) or not (0)")
                .metric("separable", "whether the data are separable at all, certified (1) or not (0)")
                .measure(new Measure<>(
                        "meanIterations",
                        "mean iterations to separation, runs that do not separate counted with maxIterations",
                        "iterations",
                        Measure.Kind.MEAN,
                        (condition, row) -> row.value("iterations")))
                .measure(Measure.proportion(
                        "separatedShare",
                        "share of runs that separate",
                        (condition, row) -> row.value("separated") == 1))
                .replicates(100)
                .chunk(10)
                .figures(LargeStepStudies::separationFigures)
                .replicate(LargeStepStudies::separate);
    }

    static Study<DescentCondition> trajectory() {
        return conditions("large-step/trajectory", LOOKS[LOOKS.length - 1], .1, 1, 10, 100)
                .title("Loss, margin, misclassified samples and sharpness along the iterations")
                .trajectory("loss", "mean logistic loss", "")
                .trajectory("margin", "smallest margin over the norm of theta", "")
                .trajectory("misclassified", "misclassified samples", "samples")
                .trajectory("sharpness", "largest eigenvalue of the Hessian", "")
                .replicates(50)
                .chunk(10)
                .figures(LargeStepStudies::trajectoryFigures)
                .replicate(LargeStepStudies::follow);
    }

    private static StudyBuilder<DescentCondition> conditions(String name, int maxIterations, Object... stepSizes) {
        return Study.named(name, DescentCondition.class)
                .factor("generator", Generator.SEP, Generator.GMIX)
                .factor("n", DescentCondition.USUAL)
                .factor("d", DescentCondition.USUAL)
                .factor("gap", DescentCondition.USUAL_GAP)
                .factor("variant", Variant.GD)
                .factor("stepSize", stepSizes)
                .factor("maxIterations", maxIterations);
    }

    private static Row separate(DescentCondition condition, RandomStream stream) {
        SeparableData data = condition.data(stream);
        LargeStepFit fit = condition.descent().fit(data);
        return Row.of("iterations", fit.separatedAt().orElse(condition.maxIterations()))
                .put("separated", fit.separatedAt().isPresent() ? 1 : 0)
                .put("separable", MaxMargin.withDefaults().solve(data).separable() ? 1 : 0);
    }

    private static Row follow(DescentCondition condition, RandomStream stream) {
        Trace trace = condition
                .descent()
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.LOSS, Field.NORMALIZED_MARGIN, Field.MISCLASSIFIED, Field.SHARPNESS))
                .fit(condition.data(stream))
                .trace();
        Row row = new Row();
        for (int t : LOOKS) {
            if (t < trace.size()) {
                row.put("loss", t, trace.values(Field.LOSS)[t])
                        .put("margin", t, trace.values(Field.NORMALIZED_MARGIN)[t])
                        .put("misclassified", t, trace.values(Field.MISCLASSIFIED)[t])
                        .put("sharpness", t, trace.values(Field.SHARPNESS)[t]);
            }
        }
        return row;
    }

    private static List<Figure> separationFigures(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "separation",
                        "Iterations to separation by step size",
                        Axis.log10("step size γ"),
                        Axis.log10("iterations to separation"))
                .caption(
                        "Median over the replicates, band from the 5 % to the 95 % quantile. Runs that do not separate are"
                                + " counted with the most iterations allowed.");
        grouped(result, DescentCondition::dataLabel).forEach((label, those) -> {
            double[] x = each(those, c -> condition(c).stepSize());
            double[] median = each(those, c -> c.metric("iterations").median());
            figure.layer(new Layer(
                    Mark.RIBBON,
                    label,
                    "",
                    x,
                    median,
                    each(those, c -> c.metric("iterations").q05()),
                    each(those, c -> c.metric("iterations").q95())));
            figure.layer(Mark.LINE, label, x, median);
            figure.layer(Mark.POINT, label, x, median);
        });
        return List.of(figure.build());
    }

    private static List<Figure> trajectoryFigures(SimulationResult result) {
        return grouped(result, DescentCondition::dataLabel).entrySet().stream()
                .map(entry -> trajectoryFigure(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Figure trajectoryFigure(String data, List<ConditionSummary> conditions) {
        Figure.Builder figure = Figure.named(
                        "trajectory-" + condition(conditions.get(0)).generator(),
                        "Along the iterations, " + data,
                        Axis.log10("iteration t"),
                        Axis.log10("median over the replicates"))
                .caption("Medians over the replicates; zeros are not drawn.");
        for (ConditionSummary c : conditions) {
            String series = "γ = " + Numbers.text(condition(c).stepSize());
            for (String metric : List.of("loss", "misclassified", "sharpness")) {
                List<MetricSummary> points = c.metrics().stream()
                        .filter(m -> m.name().startsWith(metric + "@"))
                        .toList();
                figure.layer(
                        Mark.LINE,
                        series,
                        metric,
                        points.stream()
                                .mapToDouble(m -> Double.parseDouble(m.name().substring(metric.length() + 1)))
                                .toArray(),
                        points.stream().mapToDouble(MetricSummary::median).toArray());
            }
        }
        return figure.build();
    }

    private static Map<String, List<ConditionSummary>> grouped(
            SimulationResult result, Function<DescentCondition, String> key) {
        return result.conditions().stream()
                .collect(Collectors.groupingBy(c -> key.apply(condition(c)), LinkedHashMap::new, Collectors.toList()));
    }

    private static DescentCondition condition(ConditionSummary summary) {
        return (DescentCondition) summary.condition().value();
    }

    private static double[] each(List<ConditionSummary> conditions, ToDoubleFunction<ConditionSummary> value) {
        return conditions.stream().mapToDouble(value).toArray();
    }
}
