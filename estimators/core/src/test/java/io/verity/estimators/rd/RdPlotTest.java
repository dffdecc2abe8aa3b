package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.inference.Moments;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RdPlotTest {
    private static final RdSample SENATE = Senate.complete().sample();

    /** {@code rdplot(vote, margin, binselect=...)} of rdrobust for Python 2.0.0: selected bins, J_IMSE and J_MV. */
    @Test
    void numbersOfBinsAreThoseOfRdplot() {
        for (BinRule rule : BinRule.values()) {
            boolean even = rule == BinRule.EVEN_IMSE || rule == BinRule.EVEN_MIMICKING;
            boolean mimicking = rule == BinRule.EVEN_MIMICKING || rule == BinRule.QUANTILE_MIMICKING;
            int[] optimal = even ? new int[] {8, 9} : new int[] {21, 16};
            int[] variance = even ? new int[] {15, 35} : new int[] {28, 49};
            int[] selected = mimicking ? variance : optimal;
            RdPlotData plot = RdPlot.withDefaults().with(rule).draw(SENATE);
            assertThat(new int[] {plot.left().optimal(), plot.right().optimal()})
                    .isEqualTo(optimal);
            assertThat(new int[] {plot.left().mimicking(), plot.right().mimicking()})
                    .isEqualTo(variance);
            assertThat(new int[] {plot.left().count(), plot.right().count()}).isEqualTo(selected);
        }
    }

    @Test
    void mimickingBinsFollowTheFormulaOnSortedRows() {
        double[] x = SENATE.runningVariable();
        double[] y = SENATE.outcome();
        int[] order = IntStream.range(0, x.length)
                .filter(i -> x[i] < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double even = 0;
        double quantile = 0;
        for (int k = 1; k < order.length; k++) {
            double step = Math.pow(y[order[k]] - y[order[k - 1]], 2);
            even += (x[order[k]] - x[order[k - 1]]) * step / (2 * -x[order[0]]);
            quantile += step / (2 * order.length);
        }
        double spread = Moments.of(Arrays.stream(order).mapToDouble(i -> y[i]).toArray())
                .variance();
        double rows = x.length / Math.pow(Math.log(x.length), 2);
        assertThat(RdPlot.withDefaults().draw(SENATE).left().mimicking())
                .isEqualTo((int) Math.ceil(spread / even * rows));
        assertThat(RdPlot.withDefaults()
                        .with(BinRule.QUANTILE_MIMICKING)
                        .draw(SENATE)
                        .left()
                        .mimicking())
                .isEqualTo((int) Math.ceil(spread / quantile * rows));
    }

    @Test
    void binsPartitionTheRows() {
        double[] x = SENATE.runningVariable();
        double[] y = SENATE.outcome();
        for (BinRule rule : BinRule.values()) {
            List<RdPlotData.Bin> bins =
                    RdPlot.withDefaults().with(rule).draw(SENATE).bins();
            assertThat(bins.stream().mapToInt(RdPlotData.Bin::rows).sum()).isEqualTo(x.length);
            double total = bins.stream().mapToDouble(b -> b.rows() * b.mean()).sum();
            assertThat(total).isCloseTo(Arrays.stream(y).sum(), within(1e-8));
            for (int k = 0; k < bins.size(); k++) {
                RdPlotData.Bin bin = bins.get(k);
                assertThat(bin.x()).isBetween(bin.from() - 1e-12, bin.to() + 1e-12);
                assertThat(bin.from() >= 0 || bin.to() <= 0).isTrue();
                if (k > 0) {
                    assertThat(bin.from())
                            .isGreaterThanOrEqualTo(bins.get(k - 1).to() - 1e-12);
                }
            }
        }
    }

    @Test
    void quantileBinsHoldAboutEquallyManyRows() {
        RdPlotData data = RdPlot.withDefaults()
                .with(BinRule.QUANTILE_MIMICKING)
                .withBins(10, 10)
                .draw(SENATE);
        assertThat(data.left().bins()).hasSize(10).allMatch(b -> Math.abs(b.rows() - 59.5) <= 3);
    }

    @Test
    void curveOfAPolynomialIsThatPolynomial() {
        double[] x = SENATE.runningVariable();
        double[] y =
                Arrays.stream(x).map(v -> v < 0 ? 1 + v : 3 - v * v * v * 1e-4).toArray();
        RdPlotData data = RdPlot.withDefaults().draw(RdSample.of(y, x));
        double[] at = data.right().curveX();
        for (int k = 0; k < at.length; k++) {
            assertThat(data.right().curveY()[k]).isCloseTo(3 - Math.pow(at[k], 3) * 1e-4, within(1e-8));
        }
        assertThat(data.left().curveX()[0]).isEqualTo(Arrays.stream(x).min().orElseThrow());
        assertThat(data.left().curveX()[data.left().curveX().length - 1]).isZero();
    }

    @Test
    void figureHoldsBinsCurvesAndTheCutoff() {
        RdPlotData data = RdPlot.withDefaults().withBins(4, 6).withOrder(1).draw(SENATE);
        assertThat(data.toFigure("margin", "vote").layers()).hasSize(5);
        assertThat(data.toTable().rows()).hasSize(10);
    }

    @Test
    void wrongInputIsNamed() {
        assertThatThrownBy(() -> RdPlot.withDefaults().withBins(0, 3)).hasMessageContaining("bins must be 1 to 5000");
        assertThatThrownBy(() -> RdPlot.withDefaults().withOrder(9)).hasMessageContaining("degree");
        assertThatThrownBy(() -> RdPlot.withDefaults().withCutoff(200).draw(SENATE))
                .hasMessageContaining("no rows above the cutoff 200");
    }
}
