package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Conditions;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures and tables of the studies. */
final class StudyCurves {
    private static final double FIXED_EPSILON = .02;
    private static final double LEVEL = .95;

    private StudyCurves() {}

    /** What the curves of a study's conditions have in common. */
    private record Reading<C extends Record>(
            Class<C> type,
            Function<C, Model> model,
            ToDoubleFunction<C> rows,
            ToDoubleFunction<C> features,
            Function<C, String> group,
            Function<C, String> series,
            ToDoubleFunction<C> bayes) {
        C condition(ConditionSummary summary) {
            return type.cast(summary.condition().value());
        }
    }

    private static final Reading<MixtureCondition> MIXTURE = new Reading<>(
            MixtureCondition.class,
            MixtureCondition::model,
            MixtureCondition::m,
            MixtureCondition::d,
            MixtureCondition::group,
            MixtureCondition::series,
            MixtureCondition::bayes);

    private static final Reading<FixedSignalCondition> FIXED = new Reading<>(
            FixedSignalCondition.class,
            FixedSignalCondition::model,
            FixedSignalCondition::m,
            FixedSignalCondition::d,
            c -> "Delta = " + c.distance(),
            FixedSignalCondition::series,
            FixedSignalCondition::bayes);

    static List<Figure> ofMixture(SimulationResult result) {
        List<Figure> figures = new ArrayList<>();
        figures.add(errors(result, MIXTURE).build());
        neededFigure(result, MIXTURE, MixtureCondition.EPSILON).ifPresent(figures::add);
        return figures;
    }

    static List<Figure> ofFixedSignal(SimulationResult result) {
        Figure.Builder errors = errors(result, FIXED);
        Map<String, TreeMap<Double, Double>> approximations = new LinkedHashMap<>();
        for (ConditionSummary summary : result.conditions()) {
            FixedSignalCondition c = FIXED.condition(summary);
            if (c.model() == Model.NB) {
                approximations.computeIfAbsent(c.series(), k -> new TreeMap<>()).put((double) c.m(), c.approximation());
            }
        }
        approximations.forEach((series, points) -> errors.layer(
                Mark.LINE,
                series + ", variances known (approximation)",
                Model.NB.words(),
                array(points.keySet().stream().toList()),
                array(points.values().stream().toList())));
        List<Figure> figures = new ArrayList<>(List.of(errors.build()));
        neededFigure(result, FIXED, FIXED_EPSILON).ifPresent(figures::add);
        return figures;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static List<Figure> ofTwoRegimes(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "two-regimes", "Two regimes", Axis.log10("training rows m"), Axis.linear("mean error"))
                .caption(
                        "Means with two Monte Carlo standard errors. Horizontal lines: the limits with infinitely many rows.");
        Conditions.by(result, TwoRegimesCondition.class, c -> c.model().words()).forEach((series, those) -> {
            curve(
                    figure,
                    series,
                    "",
                    Conditions.each(
                            those,
                            s -> TwoRegimesCondition.class
                                    .cast(s.condition().value())
                                    .m()),
                    those);
            double[] limits = those.stream()
                    .mapToDouble(s -> TwoRegimesCondition.class
                            .cast(s.condition().value())
                            .limit())
                    .distinct()
                    .toArray();
            figure.layer(Mark.HORIZONTAL_LINE, series, new double[limits.length], limits);
        });
        return List.of(figure.build());
    }

    static List<Figure> ofPublished(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "published-rows",
                        "Rows needed by the published protocol",
                        Axis.log10("features d"),
                        Axis.log10("rows"))
                .caption(
                        "Mean over runs with two Monte Carlo standard errors; runs that never reach the target are infinite and"
                                + " not drawn. Training sizes are 2K, 2K + s, 2K + 2s, ... with s = ln d rounded up.");
        Conditions.by(result, PublishedCondition.class, PublishedCondition::series)
                .forEach((series, those) -> {
                    double[] d = Conditions.each(
                            those,
                            s -> PublishedCondition.class
                                    .cast(s.condition().value())
                                    .d());
                    figure.layer(
                            Mark.LINE,
                            series,
                            d,
                            Conditions.each(those, s -> s.measure("meanRows").value()));
                    figure.layer(CurveFigures.bars(
                            series,
                            "",
                            d,
                            Conditions.each(those, s -> s.measure("meanRows").value()),
                            Conditions.each(those, s -> s.measure("meanRows").mcse())));
                });
        return List.of(figure.build());
    }

    private static <C extends Record> Figure.Builder errors(SimulationResult result, Reading<C> reading) {
        Figure.Builder figure = Figure.named(
                        "errors",
                        "Error against training rows",
                        Axis.log10("training rows m"),
                        Axis.linear("mean error"))
                .caption("Means with two Monte Carlo standard errors; both classifiers saw the same training sets.");
        for (Model model : Model.values()) {
            Conditions.by(result, reading.type(), reading.series()).forEach((series, all) -> {
                List<ConditionSummary> those = all.stream()
                        .filter(s -> reading.model().apply(reading.condition(s)) == model)
                        .toList();
                if (!those.isEmpty()) {
                    curve(
                            figure,
                            series,
                            model.words(),
                            Conditions.each(those, s -> reading.rows().applyAsDouble(reading.condition(s))),
                            those);
                }
            });
        }
        return figure;
    }

    private static void curve(
            Figure.Builder figure, String series, String panel, double[] m, List<ConditionSummary> those) {
        CurveFigures.curve(
                figure,
                series,
                panel,
                m,
                Conditions.each(those, s -> s.measure("meanError").value()),
                Conditions.each(those, s -> s.measure("meanError").mcse()));
    }

    static List<ResultTable> rowsNeeded(SimulationResult result) {
        return table(result, MIXTURE, MixtureCondition.EPSILON);
    }

    static List<ResultTable> fixedRowsNeeded(SimulationResult result) {
        return table(result, FIXED, FIXED_EPSILON);
    }

    /** Rows needed in one dimension. */
    private record Needed(String group, Model model, double features, RowsNeeded rows) {}

    /** One entry per group, model and dimension whose curve has at least two sizes. */
    private static <C extends Record> List<Needed> needed(SimulationResult result, Reading<C> reading, double epsilon) {
        long seed = Objects.requireNonNullElse(result.provenance().seed(), 0L);
        Map<String, List<ConditionSummary>> curves = result.conditions().stream()
                .collect(Collectors.groupingBy(
                        s -> {
                            C c = reading.condition(s);
                            return reading.model().apply(c) + " "
                                    + reading.series().apply(c) + " "
                                    + reading.group().apply(c);
                        },
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Needed> needed = new ArrayList<>();
        curves.forEach((key, those) -> {
            List<ConditionSummary> ascending = those.stream()
                    .sorted(Comparator.comparingDouble(s -> reading.rows().applyAsDouble(reading.condition(s))))
                    .toList();
            C c = reading.condition(those.get(0));
            double[] errors =
                    Conditions.each(ascending, s -> s.measure("meanError").mcse());
            if (those.size() < 2 || Arrays.stream(errors).anyMatch(e -> !Double.isFinite(e))) {
                return;
            }
            needed.add(new Needed(
                    reading.group().apply(c),
                    reading.model().apply(c),
                    reading.features().applyAsDouble(c),
                    RowsNeeded.ofMeans(
                            Conditions.each(ascending, s -> reading.rows().applyAsDouble(reading.condition(s))),
                            Conditions.each(
                                    ascending, s -> s.measure("meanError").value()),
                            errors,
                            reading.bayes().applyAsDouble(c) + epsilon,
                            ErrorCurve.RESAMPLES,
                            RandomStream.of(seed, key, 0, 0).forPurpose(RandomStream.BOOTSTRAP))));
        });
        return needed;
    }

    private static <C extends Record> List<ResultTable> table(
            SimulationResult result, Reading<C> reading, double epsilon) {
        List<Needed> needed = needed(result, reading, epsilon);
        return needed.isEmpty() ? List.of() : CurveFigures.tables(groups(needed), epsilon, LEVEL);
    }

    private static <C extends Record> Optional<Figure> neededFigure(
            SimulationResult result, Reading<C> reading, double epsilon) {
        List<Needed> needed = needed(result, reading, epsilon);
        return CurveFigures.rowsNeeded(groups(needed), epsilon, LEVEL);
    }

    private static List<RowsByFeatures> groups(List<Needed> needed) {
        Map<String, List<Needed>> groups = needed.stream()
                .collect(Collectors.groupingBy(
                        n -> n.model().words() + ", " + n.group(), LinkedHashMap::new, Collectors.toList()));
        List<RowsByFeatures> all = new ArrayList<>();
        groups.forEach((words, those) -> all.add(new RowsByFeatures(
                words,
                those.stream().mapToDouble(Needed::features).toArray(),
                those.stream().map(Needed::rows).toList())));
        return all;
    }
}
