package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bandwidths, estimates, standard errors, p-values, intervals and counts of {@code rdrobust(vote, margin, all=True, **args)},
 * rdrobust for Python 2.0.0, on the Senate elections.
 */
class RdrobustGoldenTest {
    private static final Percentage RELATIVE = Percentage.withPercentage(1e-6);

    static Stream<Arguments> cases() {
        return StreamSupport.stream(
                        Senate.golden("rdrobust_senate.json").get("cases").spliterator(), false)
                .map(c -> Arguments.of(c.get("args").toString(), c));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void numbersAreThoseOfRdrobust(String args, JsonNode expected) {
        Senate senate = Senate.complete();
        RdSample sample = senate.sample();
        ScalarRd rd = ScalarRd.withDefaults();
        for (Iterator<Map.Entry<String, JsonNode>> it =
                        expected.get("args").properties().iterator();
                it.hasNext(); ) {
            Map.Entry<String, JsonNode> option = it.next();
            JsonNode v = option.getValue();
            switch (option.getKey()) {
                case "fuzzy" -> sample = sample.withTreatment(senate.treatment(v.asText()));
                case "cluster" -> sample = sample.withClusters(senate.state());
                default -> rd = with(rd, option.getKey(), v);
            }
        }
        ScalarRdFit fit = rd.fit(sample);
        RdBandwidths h = fit.bandwidths();
        close(expected.get("h"), h.left(), h.right());
        close(expected.get("b"), h.pilotLeft(), h.pilotRight());
        RdCounts n = fit.counts();
        counts(expected.get("N"), n.left(), n.right());
        counts(expected.get("N_h"), n.effectiveLeft(), n.effectiveRight());
        counts(expected.get("N_b"), n.pilotLeft(), n.pilotRight());
        RdEstimate[] rows = {fit.conventional(), fit.biasCorrected(), fit.robust()};
        String[] names = {"conventional", "bias_corrected", "robust"};
        for (int k = 0; k < rows.length; k++) {
            close(expected.get("coef").get(names[k]), rows[k].estimate());
            close(expected.get("se").get(names[k]), rows[k].standardError());
            close(expected.get("pv").get(names[k]), rows[k].p());
            close(expected.get("ci").get(k), rows[k].lower(), rows[k].upper());
        }
        assertThat(fit.firstStage().isPresent()).isEqualTo(expected.has("first_stage"));
        fit.firstStage().ifPresent(t -> {
            JsonNode first = expected.get("first_stage");
            close(
                    first.get("coef"),
                    t.conventional().estimate(),
                    t.biasCorrected().estimate(),
                    t.robust().estimate());
            close(
                    first.get("se"),
                    t.conventional().standardError(),
                    t.biasCorrected().standardError(),
                    t.robust().standardError());
        });
    }

    static Stream<Arguments> simulated() {
        return StreamSupport.stream(
                        Senate.golden("rdrobust_simulated.json").get("data").spliterator(), false)
                .flatMap(data -> StreamSupport.stream(data.get("cases").spliterator(), false)
                        .map(c -> Arguments.of(data.get("name").asText() + " " + c.get("args"), data, c)));
    }

    /**
     * What the elections do not exercise: q above p + 1, ties at a cutoff that is not representable, clusters with CER, and a
     * bandwidth per side where one side is short or more heaped than the other.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("simulated")
    void numbersOnSimulatedDataAreThoseOfRdrobust(String name, JsonNode data, JsonNode expected) {
        RdSample sample = RdSample.of(numbers(data.get("y")), numbers(data.get("x")));
        ScalarRd rd = ScalarRd.withDefaults().withCutoff(data.get("c").asDouble());
        for (Map.Entry<String, JsonNode> option : expected.get("args").properties()) {
            switch (option.getKey()) {
                case "fuzzy" -> sample = sample.withTreatment(numbers(data.get("t")));
                case "cluster" ->
                    sample = sample.withClusters(Arrays.stream(numbers(data.get("cl")))
                            .mapToInt(v -> (int) v)
                            .toArray());
                default -> rd = with(rd, option.getKey(), option.getValue());
            }
        }
        ScalarRdFit fit = rd.fit(sample);
        RdBandwidths h = fit.bandwidths();
        close(expected.get("h"), h.left(), h.right());
        close(expected.get("b"), h.pilotLeft(), h.pilotRight());
        RdEstimate[] rows = {fit.conventional(), fit.biasCorrected(), fit.robust()};
        for (int k = 0; k < rows.length; k++) {
            close(expected.get("coef").get(k), rows[k].estimate());
            close(expected.get("se").get(k), rows[k].standardError());
        }
        close(expected.get("ci"), fit.robust().lower(), fit.robust().upper());
    }

    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static ScalarRd with(ScalarRd rd, String option, JsonNode v) {
        return switch (option) {
            case "c" -> rd.withCutoff(v.asDouble());
            case "p" -> rd.withOrder(v.asInt());
            case "q" -> rd.withPilotOrder(v.asInt());
            case "deriv" -> rd.withDerivative(v.asInt());
            case "kernel" -> rd.with(v.asText().equals("epa") ? SmoothingKernel.EPANECHNIKOV : SmoothingKernel.UNIFORM);
            case "vce" -> rd.with(RdVariance.valueOf(v.asText().toUpperCase(Locale.ROOT)));
            case "bwselect" -> rd.with(BandwidthSelector.valueOf(v.asText().toUpperCase(Locale.ROOT)));
            case "h" -> rd.withBandwidth(v.asDouble());
            case "b" -> rd.withPilotBandwidth(v.asDouble());
            case "rho" -> rd.withRho(v.asDouble());
            case "nnmatch" -> rd.withMatches(v.asInt());
            case "scaleregul" -> rd.withRegularization(v.asDouble());
            case "bwrestrict" -> rd.withRestrictedBandwidths(v.asBoolean());
            case "level" -> rd.withLevel(v.asDouble() / 100);
            case "masspoints" -> rd.with(MassPoints.OFF);
            default -> throw new IllegalArgumentException(option);
        };
    }

    private static void close(JsonNode expected, double... actual) {
        for (int k = 0; k < actual.length; k++) {
            assertThat(actual[k]).isCloseTo((expected.isArray() ? expected.get(k) : expected).asDouble(), RELATIVE);
        }
    }

    private static void counts(JsonNode expected, int left, int right) {
        assertThat(left).isEqualTo(expected.get(0).asInt());
        assertThat(right).isEqualTo(expected.get(1).asInt());
    }
}
