package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.EstimationException;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RdChecksTest {
    private static final RdSample SENATE = Senate.complete().sample();
    private static final ScalarRd RD = ScalarRd.withDefaults();

    @Test
    void seriesOfBandwidthsPassesThroughTheFit() {
        ScalarRdFit base = RD.fit(SENATE);
        RdSeries series = RdChecks.bandwidths(RD, SENATE, 10, base.bandwidths().left(), 40);
        ScalarRdFit middle = series.points().get(1).estimate().orElseThrow();
        assertThat(middle.robust().estimate()).isCloseTo(base.robust().estimate(), within(1e-10));
        assertThat(middle.robust().standardError()).isCloseTo(base.robust().standardError(), within(1e-10));
        assertThat(series.points().get(0).estimate().orElseThrow().robust().standardError())
                .isGreaterThan(
                        series.points().get(2).estimate().orElseThrow().robust().standardError());
        assertThat(series.toFigure("effect").layers()).hasSize(3);
    }

    @Test
    void placeboCutoffsUseOneSideAlone() {
        double[] x = SENATE.runningVariable();
        double[] jump = Arrays.stream(x).map(v -> v >= 0 ? 100 : 0).toArray();
        double[] y = IntStream.range(0, x.length)
                .mapToDouble(i -> SENATE.outcome()[i] + jump[i])
                .toArray();
        RdSeries plain = RdChecks.placeboCutoffs(RD, SENATE, -20, 0, 20);
        RdSeries lifted = RdChecks.placeboCutoffs(RD, RdSample.of(y, x), -20, 0, 20);
        for (int k = 0; k < 3; k++) {
            double change = lifted.points()
                            .get(k)
                            .estimate()
                            .orElseThrow()
                            .robust()
                            .estimate()
                    - plain.points().get(k).estimate().orElseThrow().robust().estimate();
            assertThat(change).isCloseTo(k == 1 ? 100 : 0, within(1e-7));
        }
    }

    @Test
    void donutLeavesOutTheNearestRows() {
        RdSeries series = RdChecks.donut(RD, SENATE, 0, 2, 99.9);
        assertThat(series.points().get(0).estimate().orElseThrow().robust())
                .isEqualTo(RD.fit(SENATE).robust());
        int all = series.points().get(0).estimate().orElseThrow().counts().left();
        long near = Arrays.stream(SENATE.runningVariable())
                .filter(v -> v < 0 && v > -2)
                .count();
        assertThat(series.points().get(1).estimate().orElseThrow().counts().left())
                .isEqualTo(all - (int) near);
        assertThat(series.points().get(2).fit()).isNull();
        assertThat(series.points().get(2).reason()).isNotBlank();
        assertThat(series.toTable().rows()).hasSize(3);
    }

    @Test
    void holmsAdjustmentOfAHandExample() {
        assertThat(CovariateBalance.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
        assertThat(CovariateBalance.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
    }

    @Test
    void constantCovariatesAreNotImbalanced() {
        double[] flat = new double[SENATE.size()];
        Arrays.fill(flat, 0.1);
        CovariateBalance balance = CovariateBalance.of(
                RD.withBandwidth(20), SENATE, List.of("flat", "vote"), new double[][] {flat, SENATE.outcome()});
        assertThat(balance.rows().get(0).holm()).isNaN();
        CovariateBalance.Row vote = balance.rows().get(1);
        assertThat(vote.holm()).isEqualTo(vote.fit().robust().p());
    }

    @Test
    void covariatesAreOutcomesOfTheirOwn() {
        RandomStream random = RandomStream.of(2, "covariates", 0, 0);
        double[] noise = random.doubles(SENATE.size()).toArray();
        CovariateBalance balance =
                CovariateBalance.of(RD, SENATE, List.of("vote", "noise"), new double[][] {SENATE.outcome(), noise});
        assertThat(balance.rows().get(0).fit().robust())
                .isEqualTo(RD.fit(SENATE).robust());
        assertThat(balance.rows().get(0).holm())
                .isCloseTo(2 * RD.fit(SENATE).robust().p(), within(1e-12));
        assertThat(balance.rows().get(1).holm()).isGreaterThan(0.05);
        assertThat(balance.toTable().rows()).hasSize(2);
        assertThatThrownBy(() ->
                        CovariateBalance.of(RD, SENATE, List.of("flat"), new double[][] {new double[SENATE.size()]}))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("covariate flat");
    }

    @Test
    void wrongInputIsNamed() {
        assertThatThrownBy(() -> RdChecks.bandwidths(RD, SENATE)).hasMessageContaining("bandwidths needs at least one");
        assertThatThrownBy(() -> RdChecks.bandwidths(RD, SENATE, 3, -1)).hasMessageContaining("bandwidth h");
        assertThatThrownBy(() -> RdChecks.donut(RD, SENATE, -1)).hasMessageContaining("radius");
        assertThatThrownBy(() -> RdChecks.placeboCutoffs(RD, SENATE, 500)).hasMessageContaining("cutoff 500");
    }
}
