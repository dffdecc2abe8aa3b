package io.verity.papers.r3d;

import io.verity.estimators.r3d.BandType;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.ResidualScaling;
import io.verity.estimators.r3d.TestKind;
import io.verity.estimators.rd.BandwidthSelector;
import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.RdVariance;
import io.verity.estimators.rd.ScalarRdFit;
import io.verity.papers.evidence.Conditions;
import io.verity.papers.r3d.BiasCondition.Estimator;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.Measure;
import io.verity.simulations.studies.MetricSummary;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyProvider;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The studies {@code r3d/coverage}, {@code r3d/bias}, {@code r3d/bandwidth-rate} and {@code rd/coverage}. */
public final class R3dStudies implements StudyProvider {
    /** Called by the service loader. */
    public R3dStudies() {}

    @Override
    public List<Study<?>> studies() {
        return List.of(coverage(), bias(), bandwidthRate(), scalarCoverage());
    }

    /** True effects at the deciles with \( \Delta=0 \), which adds to them; computed when first asked for. */
    private static final class Truths {
        static final Map<Design, double[]> AVERAGE = table(Design.values(), Targets::average);
        static final Map<Design, double[]> POOLED =
                table(new Design[] {Design.DGP1, Design.DGP2, Design.DGP3, Design.SCALE}, Targets::pooled);

        private interface Target {
            double[] of(Design design, double effect, double... grid);
        }

        private static Map<Design, double[]> table(Design[] designs, Target target) {
            Map<Design, double[]> table = new EnumMap<>(Design.class);
            for (Design design : designs) {
                table.put(design, target.of(design, 0, Targets.deciles()));
            }
            return table;
        }

        static double[] shifted(Map<Design, double[]> table, Design design, double effect) {
            double[] truth = table.getOrDefault(design, new double[0]).clone();
            for (int j = 0; j < truth.length; j++) {
                truth[j] += effect;
            }
            return truth;
        }
    }

    static Study<CoverageCondition> coverage() {
        return Study.named("r3d/coverage", CoverageCondition.class)
                .factor("design", Design.DGP1, Design.DGP2)
                .factor("units", 200, 500)
                .factor("perUnit", 50)
                .factor("effect", 1.0)
                .factor("method", Method.FRECHET, Method.SIMPLE)
                .factor("kernel", SmoothingKernel.TRIANGULAR)
                .factor("order", 2)
                .factor("bandwidth", "paper")
                .factor("residuals", ResidualScaling.HC0, ResidualScaling.HC2)
                .factor("bands", BandType.CONSTANT)
                .factor("draws", 499)
                .title("Coverage of uniform bands, size and power of the tests")
                .metric("covers", "whether the band covers at all deciles (1) or not (0)")
                .metric("width", "mean width of the band over the deciles")
                .metric("bandwidth", "bandwidth (the mean of several)")
                .metric("nullity", "p value of the test of nullity")
                .metric("homogeneity", "p value of the test of homogeneity")
                .metric("averageError", "error of the mean effect over the deciles")
                .measure(Measure.proportion(
                        "coverage", "coverage of the uniform band", (c, row) -> row.value("covers") == 1))
                .measure(Measure.rejectionRate("nullityRejected", "nullity", .05))
                .measure(Measure.rejectionRate("homogeneityRejected", "homogeneity", .05))
                .measure(mean("meanWidth", "mean width of the band", "width"))
                .measure(mean("meanBandwidth", "mean bandwidth", "bandwidth"))
                .measure(mean("bias", "bias of the mean effect over the deciles", "averageError"))
                .replicates(400)
                .chunk(20)
                .figures(R3dStudies::coverageFigures)
                .replicate(R3dStudies::cover);
    }

    private static Row cover(CoverageCondition condition, RandomStream stream) {
        R3dFit fit = condition.fit(stream);
        double[] truth = Truths.shifted(Truths.AVERAGE, condition.design(), condition.effect());
        double width = 0;
        double error = 0;
        for (int j = 0; j < truth.length; j++) {
            width += (fit.upper()[j] - fit.lower()[j]) / truth.length;
            error += (fit.tau()[j] - truth[j]) / truth.length;
        }
        double bandwidth = 0;
        for (double h : fit.bandwidths()) {
            bandwidth += h / fit.bandwidths().length;
        }
        return Row.of("covers", fit.covers(truth) ? 1 : 0)
                .put("width", width)
                .put("bandwidth", bandwidth)
                .put("nullity", fit.test(TestKind.NULLITY).pValue())
                .put("homogeneity", fit.test(TestKind.HOMOGENEITY).pValue())
                .put("averageError", error);
    }

    static Study<BiasCondition> bias() {
        return Study.named("r3d/bias", BiasCondition.class)
                .factor("design", Design.DGP1, Design.DGP2, Design.SCALE)
                .factor("estimator", Estimator.FRECHET, Estimator.POOLED)
                .factor("units", 500)
                .factor("perUnit", 50)
                .factor("effect", 2.0)
                .factor("bandwidth", "paper")
                .title("Errors by quantile, against the average and against the pooled quantile effect")
                .trajectory("error", "estimate minus average quantile effect", "")
                .trajectory("pooledError", "estimate minus pooled quantile effect", "")
                .measure(mean("bias10", "bias at the first decile", "error@0.1"))
                .measure(mean("bias50", "bias at the median", "error@0.5"))
                .measure(mean("bias90", "bias at the ninth decile", "error@0.9"))
                .replicates(400)
                .chunk(20)
                .figures(R3dStudies::biasFigures)
                .replicate(R3dStudies::err);
    }

    private static Row err(BiasCondition condition, RandomStream stream) {
        double[] estimate = condition.estimate(stream);
        double[] average = Truths.shifted(Truths.AVERAGE, condition.design(), condition.effect());
        double[] pooled = Truths.shifted(Truths.POOLED, condition.design(), condition.effect());
        double[] grid = Targets.deciles();
        Row row = new Row();
        for (int j = 0; j < grid.length; j++) {
            row.put("error", grid[j], estimate[j] - average[j]);
            row.put("pooledError", grid[j], estimate[j] - pooled[j]);
        }
        return row;
    }

    static Study<RateCondition> bandwidthRate() {
        return Study.named("r3d/bandwidth-rate", RateCondition.class)
                .factor("design", Design.DGP1, Design.DGP3)
                .factor("units", 250, 500, 1000, 2000, 4000)
                .factor("perUnit", 0)
                .factor("kernel", SmoothingKernel.TRIANGULAR)
                .factor("selector", "paper", "imserd")
                .title("Selected bandwidth by number of units")
                .metric("bandwidth", "selected bandwidth")
                .measure(mean("meanBandwidth", "mean bandwidth", "bandwidth"))
                .replicates(200)
                .chunk(10)
                .figures(R3dStudies::rateFigures)
                .replicate((condition, stream) -> Row.of("bandwidth", condition.bandwidth(stream)));
    }

    static Study<ScalarCondition> scalarCoverage() {
        return Study.named("rd/coverage", ScalarCondition.class)
                .factor("n", 500)
                .factor("kernel", SmoothingKernel.TRIANGULAR)
                .factor("order", 1)
                .factor("selector", BandwidthSelector.MSERD)
                .factor("multiple", .5, 1.0, 1.5, 2.0)
                .factor("variance", RdVariance.NN)
                .title("Scalar RD: coverage of conventional and robust intervals on a bent design")
                .metric("bandwidth", "main bandwidth (left)")
                .metric("conventional", "whether the conventional interval covers (1) or not (0)")
                .metric("robust", "whether the robust interval covers (1) or not (0)")
                .metric("conventionalError", "error of the conventional estimate")
                .metric("correctedError", "error of the bias-corrected estimate")
                .metric("robustWidth", "width of the robust interval")
                .measure(Measure.proportion(
                        "conventionalCoverage",
                        "coverage of the conventional interval",
                        (c, row) -> row.value("conventional") == 1))
                .measure(Measure.proportion(
                        "robustCoverage", "coverage of the robust interval", (c, row) -> row.value("robust") == 1))
                .measure(mean("conventionalBias", "bias of the conventional estimate", "conventionalError"))
                .measure(mean("correctedBias", "bias of the bias-corrected estimate", "correctedError"))
                .measure(mean("meanBandwidth", "mean bandwidth", "bandwidth"))
                .replicates(1000)
                .chunk(50)
                .figures(R3dStudies::scalarFigures)
                .replicate(R3dStudies::scalar);
    }

    private static Row scalar(ScalarCondition condition, RandomStream stream) {
        ScalarRdFit fit = condition.fit(stream);
        RdEstimate robust = fit.robust();
        return Row.of("bandwidth", fit.bandwidths().left())
                .put("conventional", covers(fit.conventional()))
                .put("robust", covers(robust))
                .put("conventionalError", fit.conventional().estimate() - CurvedRd.EFFECT)
                .put("correctedError", robust.estimate() - CurvedRd.EFFECT)
                .put("robustWidth", robust.upper() - robust.lower());
    }

    private static double covers(RdEstimate estimate) {
        return estimate.lower() <= CurvedRd.EFFECT && CurvedRd.EFFECT <= estimate.upper() ? 1 : 0;
    }

    private static <C extends Record> Measure<C> mean(String name, String label, String metric) {
        return new Measure<>(name, label, "", Measure.Kind.MEAN, (condition, row) -> row.value(metric));
    }

    private static List<Figure> coverageFigures(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "coverage", "Coverage of the uniform band", Axis.log10("units n"), Axis.linear("coverage"))
                .caption(
                        "Share of replicates whose band covers the effects at all deciles, with two Monte Carlo standard errors;"
                                + " every condition has data of its own.");
        Conditions.by(result, CoverageCondition.class, CoverageCondition::series)
                .forEach((series, those) -> {
                    double[] x = Conditions.each(
                            those, c -> ((CoverageCondition) c.condition().value()).units());
                    double[] y =
                            Conditions.each(those, c -> c.measure("coverage").value());
                    figure.layer(Mark.LINE, series, x, y)
                            .layer(Mark.POINT, series, x, y)
                            .layer(bars(series, "", x, those, "coverage"));
                });
        return List.of(figure.layer(Mark.HORIZONTAL_LINE, "0.95", new double[] {1}, new double[] {.95})
                .build());
    }

    private static List<Figure> biasFigures(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "bias", "Mean error by quantile", Axis.linear("quantile q"), Axis.linear("mean error"))
                .caption("Against the jump of the average quantile function.");
        for (ConditionSummary summary : result.conditions()) {
            BiasCondition c = (BiasCondition) summary.condition().value();
            List<MetricSummary> errors = summary.metrics().stream()
                    .filter(m -> m.name().startsWith("error@"))
                    .toList();
            double[] q = errors.stream()
                    .mapToDouble(m -> Double.parseDouble(m.name().substring("error@".length())))
                    .toArray();
            double[] mean = errors.stream().mapToDouble(MetricSummary::mean).toArray();
            String series = c.estimator() + ", n = " + c.units() + ", " + c.bandwidth();
            figure.layer(Mark.LINE, series, c.design().toString(), q, mean)
                    .layer(Mark.POINT, series, c.design().toString(), q, mean);
        }
        return List.of(figure.build());
    }

    private static List<Figure> rateFigures(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "bandwidth", "Selected bandwidth", Axis.log10("units n"), Axis.log10("mean bandwidth"))
                .caption(
                        "Where means bend (dgp3) the bandwidth falls like the fifth root; where both sides bend alike (dgp1) the"
                                + " plug-in rule finds no bias to guard against and stays wide.");
        Conditions.by(result, RateCondition.class, RateCondition::series).forEach((series, those) -> {
            double[] x =
                    Conditions.each(those, c -> ((RateCondition) c.condition().value()).units());
            double[] y = Conditions.each(those, c -> c.measure("meanBandwidth").value());
            figure.layer(Mark.LINE, series, x, y).layer(Mark.POINT, series, x, y);
        });
        return List.of(figure.build());
    }

    private static List<Figure> scalarFigures(SimulationResult result) {
        Figure.Builder figure = Figure.named(
                        "coverage",
                        "Coverage by bandwidth",
                        Axis.linear("multiple of the selected bandwidth"),
                        Axis.linear("coverage"))
                .caption(
                        "Share of replicates whose interval covers the jump 0.04, with two Monte Carlo standard errors.");
        Conditions.by(result, ScalarCondition.class, ScalarCondition::series).forEach((series, those) -> {
            double[] x =
                    Conditions.each(those, c -> ((ScalarCondition) c.condition().value()).multiple());
            for (String interval : List.of("conventional", "robust")) {
                double[] y = Conditions.each(
                        those, c -> c.measure(interval + "Coverage").value());
                figure.layer(Mark.LINE, interval, series, x, y)
                        .layer(Mark.POINT, interval, series, x, y)
                        .layer(bars(interval, series, x, those, interval + "Coverage"));
            }
        });
        return List.of(figure.build());
    }

    /** Two Monte Carlo standard errors to either side. */
    private static Figure.Layer bars(
            String series, String panel, double[] x, List<ConditionSummary> those, String measure) {
        double[] y = Conditions.each(those, c -> c.measure(measure).value());
        double[] lower = Conditions.each(
                those, c -> c.measure(measure).value() - 2 * c.measure(measure).mcse());
        double[] upper = Conditions.each(
                those, c -> c.measure(measure).value() + 2 * c.measure(measure).mcse());
        return new Figure.Layer(Mark.ERROR_BAR, series, panel, x, y, lower, upper);
    }
}
