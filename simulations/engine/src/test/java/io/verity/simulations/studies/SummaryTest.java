package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
    record Fixed(double truth) {}

    /** Replicate r reports the r-th value. */
    private static SimulationResult summarise(double[] values, List<Measure<Fixed>> measures) {
        int[] next = new int[1];
        StudyBuilder<Fixed> builder = Study.named("test/fixed", Fixed.class)
                .factor("truth", 0.25)
                .metric("x", "x")
                .replicates(values.length);
        measures.forEach(builder::measure);
        return StudyRunner.withDefaults()
                .withThreads(1)
                .run(builder.replicate((c, stream) -> Row.of("x", values[next[0]++])));
    }

    private static MetricSummary summary(double... values) {
        return summarise(values, List.of()).conditions().get(0).metric("x");
    }

    private static double[] normals(int n) {
        RandomStream stream = RandomStream.of(1, "summary", 0, n);
        return IntStream.range(0, n).mapToDouble(i -> stream.nextGaussian()).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 20, 21, 57, 1000})
    void figuresAgreeWithCommonsMath(int n) {
        double[] values = normals(n);
        MetricSummary summary = summary(values);
        DescriptiveStatistics reference = new DescriptiveStatistics(values);
        assertThat(summary.n()).isEqualTo(n);
        assertThat(summary.mean()).isCloseTo(reference.getMean(), within(1e-14));
        assertThat(summary.sd()).isCloseTo(reference.getStandardDeviation(), within(1e-14));
        assertThat(summary.mcse()).isCloseTo(reference.getStandardDeviation() / Math.sqrt(n), within(1e-14));
        assertThat(summary.min()).isEqualTo(reference.getMin());
        assertThat(summary.max()).isEqualTo(reference.getMax());
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        assertThat(summary.q05()).isCloseTo(percentile.evaluate(values, 5), within(1e-14));
        assertThat(summary.median()).isCloseTo(percentile.evaluate(values, 50), within(1e-14));
        assertThat(summary.q95()).isCloseTo(percentile.evaluate(values, 95), within(1e-14));
    }

    @Test
    void medianOfEvenSampleIsMidpoint() {
        assertThat(summary(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    /** The stated standard errors against the spread of the figures themselves over 400 samples of 400 normal values. */
    @Test
    void monteCarloErrorsMatchTheSpreadOfTheFigures() {
        int n = 400;
        int samples = 400;
        List<ToDoubleFunction<MetricSummary>> figures = List.of(
                MetricSummary::mean, MetricSummary::sd, MetricSummary::q05, MetricSummary::median, MetricSummary::q95);
        List<ToDoubleFunction<MetricSummary>> errors = List.of(
                MetricSummary::mcse,
                MetricSummary::sdMcse,
                MetricSummary::q05Mcse,
                MetricSummary::medianMcse,
                MetricSummary::q95Mcse);
        RandomStream stream = RandomStream.of(5, "errors", 0, 0);
        List<MetricSummary> summaries = IntStream.range(0, samples)
                .mapToObj(s -> IntStream.range(0, n)
                        .mapToDouble(i -> stream.nextGaussian())
                        .toArray())
                .map(SummaryTest::direct)
                .toList();
        for (int f = 0; f < figures.size(); f++) {
            double spread = new DescriptiveStatistics(
                            summaries.stream().mapToDouble(figures.get(f)).toArray())
                    .getStandardDeviation();
            double stated =
                    summaries.stream().mapToDouble(errors.get(f)).average().orElseThrow();
            // the spread itself is known to 1/sqrt(2 * 400) = 3.5 %: three of these
            assertThat(stated / spread).as("figure %d", f).isCloseTo(1, within(0.106));
        }
    }

    private static MetricSummary direct(double[] values) {
        CensoredMoments moments = new CensoredMoments();
        Arrays.stream(values).forEach(moments::add);
        OrderStatistics order = new OrderStatistics(values.length, 0.05, 0.5, 0.95);
        Arrays.stream(values).sorted().forEach(order::add);
        return Summariser.summary("x", moments, order);
    }

    @Test
    void momentsOfFarAwayValuesKeepTheirDigits() {
        MetricSummary summary = summary(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
        assertThat(summary.mean()).isEqualTo(1e9 + 10);
        assertThat(summary.sd()).isCloseTo(Math.sqrt(30), within(1e-12));
    }

    @Test
    void infiniteValuesAreCountedAndOrderedButHaveNoSpread() {
        double infinity = Double.POSITIVE_INFINITY;
        MetricSummary summary = summary(1, infinity, 2, 3, infinity);
        assertThat(summary.infinite()).isEqualTo(2);
        assertThat(summary.mean()).isEqualTo(infinity);
        assertThat(summary.sd()).isNaN();
        assertThat(summary.mcse()).isNaN();
        assertThat(summary.min()).isEqualTo(1);
        assertThat(summary.median()).isEqualTo(3);
        assertThat(summary.q95()).isEqualTo(infinity);
        assertThat(summary.q95Mcse()).isNaN();
        assertThat(summary(infinity, -infinity).mean()).isNaN();
    }

    @Test
    void oneValueHasNoError() {
        MetricSummary summary = summary(3);
        assertThat(summary.mean()).isEqualTo(3);
        assertThat(summary.median()).isEqualTo(3);
        assertThat(summary.mcse()).isNaN();
        assertThat(summary.medianMcse()).isNaN();
    }

    @Test
    void constantValuesHaveZeroErrors() {
        MetricSummary summary = summary(2, 2, 2, 2, 2, 2);
        assertThat(summary.sd()).isZero();
        assertThat(summary.sdMcse()).isZero();
        assertThat(summary.mcse()).isZero();
        assertThat(summary.medianMcse()).isZero();
    }

    /** Formulas of Morris, White and Crowther (2019), table 6, by hand for four estimates of 0.25. */
    @Test
    void measuresAndTheirErrorsFollowMorrisWhiteAndCrowther() {
        ConditionSummary summary = summarise(
                        new double[] {0, 0.25, 0.5, 0.75},
                        List.of(
                                Measure.bias("bias", "x", Fixed::truth),
                                Measure.rmse("rmse", "x", Fixed::truth),
                                Measure.rejectionRate("power", "x", 0.25),
                                Measure.coverage("coverage", "x", "x", Fixed::truth),
                                Measure.proportion("large", "x above a half", (c, row) -> row.value("x") > 0.5)))
                .conditions()
                .get(0);
        assertThat(summary.measure("bias").value()).isEqualTo(0.125);
        assertThat(summary.measure("bias").mcse()).isCloseTo(Math.sqrt(0.3125 / 3 / 4), within(1e-15));
        // squared errors 1/16, 0, 1/16, 1/4: mean 3/32, standard deviation sqrt(0.0351.../3)
        double[] squares = {0.0625, 0, 0.0625, 0.25};
        double spread = new DescriptiveStatistics(squares).getStandardDeviation();
        assertThat(summary.measure("rmse").value()).isCloseTo(Math.sqrt(0.09375), within(1e-15));
        assertThat(summary.measure("rmse").mcse())
                .isCloseTo(spread / Math.sqrt(4) / (2 * Math.sqrt(0.09375)), within(1e-15));
        assertThat(summary.measure("power").value()).isEqualTo(0.5);
        assertThat(summary.measure("power").mcse()).isEqualTo(0.25);
        assertThat(summary.measure("coverage").value()).isEqualTo(0.25);
        assertThat(summary.measure("coverage").mcse()).isEqualTo(Math.sqrt(0.1875 / 4));
        assertThat(summary.measure("large").value()).isEqualTo(0.25);
        assertThat(summary.measure("large").n()).isEqualTo(4);
    }

    @Test
    void trajectoriesAreSummarisedPointByPointInOrderOfPosition() {
        SimulationResult result =
                StudyRunner.withDefaults().run(Walk.study().replicates(10).replicate(Walk::draw));
        assertThat(result.conditions().get(1).metrics())
                .extracting(MetricSummary::name)
                .containsExactly(
                        "average", "sum@1", "sum@2", "sum@3", "sum@4", "sum@5", "sum@6", "sum@7", "sum@8", "sum@9",
                        "sum@10");
    }
}
