package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.stats.EstimationException;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MseBandwidthTest {
    private static final Percentage RELATIVE = Percentage.withPercentage(1e-6);

    private static double[] array(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    @Test
    void integratedBandwidthsAreThoseOfThePrototype() {
        JsonNode golden = Senate.golden("integrated_bandwidths.json");
        double[] x = array(golden.get("X"));
        double[] grid = array(golden.get("q_grid"));
        double[] q = new double[x.length * grid.length];
        for (int i = 0; i < x.length; i++) {
            double[] sample = array(golden.get("Y").get(i));
            Arrays.sort(sample);
            Quantiles.ofSorted(sample, sample.length, grid, QuantileType.TYPE7, q, i * grid.length);
        }
        for (JsonNode c : golden.get("cases")) {
            SmoothingKernel kernel = switch (c.get("kernel").asText()) {
                case "epa" -> SmoothingKernel.EPANECHNIKOV;
                case "uni" -> SmoothingKernel.UNIFORM;
                default -> SmoothingKernel.TRIANGULAR;
            };
            MseBandwidth selector = MseBandwidth.of(ScalarRd.withDefaults().with(kernel));
            RdBandwidths h = selector.integrated(x, q, grid.length);
            assertThat(h.left()).isCloseTo(c.get("h").asDouble(), RELATIVE).isEqualTo(h.right());
            if (c.get("fuzzy").asBoolean()) {
                assertThat(selector.select(x, array(golden.get("T"))).left())
                        .isCloseTo(c.get("h_den").asDouble(), RELATIVE);
            }
        }
    }

    @Test
    void oneResponseHasTheBandwidthOfItsFit() {
        Senate senate = Senate.complete();
        for (BandwidthSelector selector : BandwidthSelector.values()) {
            ScalarRd rd = ScalarRd.withDefaults().with(selector);
            RdBandwidths h = MseBandwidth.of(rd).select(senate.margin(), senate.vote());
            assertThat(h).isEqualTo(rd.fit(senate.vote(), senate.margin()).bandwidths());
        }
    }

    @Test
    void copiesOfOneResponseShareItsBandwidth() {
        Senate senate = Senate.complete();
        double[] x = senate.margin();
        double[] y = senate.vote();
        double[] three = new double[3 * x.length];
        for (int i = 0; i < x.length; i++) {
            three[3 * i] = y[i];
            three[3 * i + 1] = y[i];
            three[3 * i + 2] = 100 - 2 * y[i];
        }
        MseBandwidth selector = MseBandwidth.of(ScalarRd.withDefaults());
        RdBandwidths one = selector.select(x, y);
        List<RdBandwidths> each = selector.perColumn(x, three, 3);
        assertThat(each.get(0)).isEqualTo(one);
        assertThat(each.get(2).left()).isCloseTo(one.left(), RELATIVE);
        assertThat(selector.integrated(x, three, 3).left()).isCloseTo(one.left(), RELATIVE);
    }

    @Test
    void equalWeightsChangeNothingAndRowsOfWeightZeroDoNotCount() {
        Senate senate = Senate.complete();
        double[] x = senate.margin();
        double[] y = senate.vote();
        double[] two = new double[2 * x.length];
        double[] weights = new double[x.length];
        double[] fives = new double[x.length];
        Arrays.fill(fives, 5);
        for (int i = 0; i < x.length; i++) {
            two[2 * i] = y[i];
            two[2 * i + 1] = y[i] * y[i];
            weights[i] = i % 7 == 0 ? 0 : 1 + i % 3;
        }
        MseBandwidth selector = MseBandwidth.of(ScalarRd.withDefaults());
        assertThat(selector.integrated(x, two, 2, fives).left())
                .isCloseTo(selector.integrated(x, two, 2).left(), RELATIVE);
        int[] kept = IntStream.range(0, x.length).filter(i -> weights[i] > 0).toArray();
        double[] keptX = Arrays.stream(kept).mapToDouble(i -> x[i]).toArray();
        double[] keptY = Arrays.stream(kept).mapToDouble(i -> y[i]).toArray();
        double[] keptWeights = Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray();
        RdBandwidths rows = ScalarRd.withDefaults()
                .fit(RdSample.of(keptY, keptX).withWeights(keptWeights))
                .bandwidths();
        assertThat(selector.perColumn(x, two, 2, weights).get(0)).isEqualTo(rows);
        assertThat(selector.integrated(x, y, 1, weights)).isEqualTo(rows);
        weights[4] = -1;
        assertThatThrownBy(() -> selector.integrated(x, y, 1, weights)).hasMessageContaining("position 5 is -1");
        assertThatThrownBy(() -> selector.perColumn(x, y, 1, new double[3])).hasMessageContaining("weights have 3");
    }

    @Test
    void constantResponsesAreToldFromTooFewRows() {
        MseBandwidth selector = MseBandwidth.of(ScalarRd.withDefaults());
        double[] x = Senate.complete().margin();
        assertThatThrownBy(() -> selector.select(x, new double[x.length]))
                .isInstanceOf(ConstantResponseException.class);
        double[] few = {-3, -2, -1, 1, 2, 3};
        assertThatThrownBy(() -> selector.select(few, few))
                .isInstanceOf(EstimationException.class)
                .isNotInstanceOf(ConstantResponseException.class);
    }
}
