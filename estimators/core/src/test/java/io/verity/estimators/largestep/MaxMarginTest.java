package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.EstimatorContract;
import io.verity.estimators.GoldenJson;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.SplitMix64;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maximal margins against {@code maxmargin.json} (scipy 1.10.1 NNLS, least-distance programming). */
class MaxMarginTest extends EstimatorContract<SeparableData, MarginResult> {
    private static final JsonNode GOLDEN = GoldenJson.read(MaxMarginTest.class, "maxmargin.json");

    @Override
    protected SeparableData data() {
        return Instances.sep(600, 250, 0.05, 2); // large enough for a second thread
    }

    @Override
    protected MarginResult fit(SeparableData data, DenseBackend backend) {
        return MaxMargin.withDefaults().with(backend).solve(data);
    }

    @Override
    protected double[] estimates(MarginResult fit) {
        double[] all = Arrays.copyOf(fit.direction(), fit.direction().length + 2);
        all[all.length - 1] = fit.marginLower();
        all[all.length - 2] = fit.marginUpper();
        return all;
    }

    @Override
    protected ResultTable table(MarginResult fit) {
        return fit.toTable();
    }

    @Override
    protected Provenance provenance(MarginResult fit) {
        return fit.provenance();
    }

    @Override
    protected double[] contents(SeparableData data) {
        return data.signedRows();
    }

    @Override
    protected List<BadInput> badInputs() {
        return List.of(
                new BadInput("gap", () -> MaxMargin.withDefaults().withRelativeGap(-1), "tolerance", "-1"),
                new BadInput("gap NaN", () -> MaxMargin.withDefaults().withRelativeGap(Double.NaN), "tolerance", "NaN"),
                new BadInput("epochs", () -> MaxMargin.withDefaults().withCoordinateAscent(0), "epochs", "0"));
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        GOLDEN.fieldNames().forEachRemaining(names::add);
        names.retainAll(Instances.names());
        return names;
    }

    @ParameterizedTest
    @MethodSource("names")
    void marginAndDirectionEqualTheReference(String name) {
        JsonNode golden = GOLDEN.get(name);
        MarginResult result = MaxMargin.withDefaults().solve(Instances.named(name));
        double mu = golden.get("mu").asDouble();
        boolean hard = name.equals("wdbc");
        assertThat(result.separability()).isEqualTo(Separability.YES);
        assertThat(result.marginLower()).isCloseTo(mu, within(mu * (hard ? 1e-6 : 1e-9)));
        assertThat(result.radius()).isCloseTo(golden.get("R").asDouble(), within(1e-12 * result.radius()));
        assertThat(RunGeometry.angleDegrees(result.direction(), GoldenJson.array(golden.get("wStar"))))
                .isLessThan(hard ? 1e-2 : 1e-6);
        assertThat(result.marginUpper() - result.marginLower())
                .isBetween(-1e-12 * result.radius(), 1e-8 * result.marginLower());
        assertThat(result.certificate()).isNull();
    }

    @Test
    void marginScalesWithTheData() {
        SeparableData data = Instances.named("sepA");
        double mu = MaxMargin.withDefaults().solve(data).marginLower();
        for (double factor : new double[] {1e-8, 1e6}) {
            double[][] rows = new double[data.n()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = data.row(i);
                for (int j = 0; j < rows[i].length; j++) {
                    rows[i][j] *= factor;
                }
            }
            double scaled = MaxMargin.withDefaults()
                    .solve(SeparableData.ofSignedRows(rows))
                    .marginLower();
            assertThat(scaled / factor).isCloseTo(mu, within(1e-12));
        }
    }

    @Test
    void randomInseparableSetsGetACertificateThatChecks() {
        SplitMix64 stream = new SplitMix64(99);
        int certified = 0;
        for (int repeat = 0; repeat < 50; repeat++) {
            double[][] rows = new double[30][4];
            for (double[] row : rows) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = 2 * stream.nextDouble() - 1;
                }
            }
            SeparableData data = SeparableData.ofSignedRows(rows);
            MarginResult result = MaxMargin.withDefaults().solve(data);
            assertThat(result.separability()).isNotEqualTo(Separability.UNDECIDED);
            if (result.separability() == Separability.NO) {
                certified++;
                GordanCertificate certificate = result.certificate();
                double[] sum = new double[4];
                double total = 0;
                for (int k = 0; k < certificate.rows().length; k++) {
                    total += certificate.weights()[k];
                    assertThat(certificate.weights()[k]).isPositive();
                    for (int j = 0; j < 4; j++) {
                        sum[j] += certificate.weights()[k] * rows[certificate.rows()[k]][j];
                    }
                }
                assertThat(total).isCloseTo(1, within(1e-12));
                assertThat(RunGeometry.norm(sum)).isLessThan(1e-13);
            }
        }
        assertThat(certified).isGreaterThan(30);
    }

    @Test
    void aZeroRowIsACertificateByItself() {
        MarginResult result =
                MaxMargin.withDefaults().solve(SeparableData.ofSignedRows(new double[][] {{1, 2}, {0, 0}, {3, 1}}));
        assertThat(result.separability()).isEqualTo(Separability.NO);
        assertThat(result.certificate().rows()).containsExactly(1);
        MarginResult ascent = MaxMargin.withDefaults()
                .withCoordinateAscent(5)
                .solve(SeparableData.ofSignedRows(new double[][] {{1, 2}, {0, 0}, {3, 1}}));
        assertThat(ascent.certificate().rows()).containsExactly(1);
    }

    @Test
    void oppositeRowsCancelWithEqualWeights() {
        MarginResult result = MaxMargin.withDefaults().solve(Instances.oneD(new double[] {1, -1}, new int[] {3, 1}));
        assertThat(result.separability()).isEqualTo(Separability.NO);
        assertThat(result.certificate().weights()).containsExactly(new double[] {.5, .5}, within(1e-15));
        assertThat(result.difficulty()).isInfinite();
        assertThat(result.toString()).startsWith("not separable: a convex combination of 2 signed rows is zero");
    }

    @Test
    void coordinateAscentEnclosesTheExactMargin() {
        for (String name : List.of("wutoy", "worst20", "sepA", "gmix")) {
            SeparableData data = Instances.named(name);
            double mu = GOLDEN.get(name).get("mu").asDouble();
            MarginResult result =
                    MaxMargin.withDefaults().withCoordinateAscent(200).solve(data);
            assertThat(result.marginLower()).isLessThanOrEqualTo(mu * (1 + 1e-12));
            assertThat(result.marginUpper()).isGreaterThanOrEqualTo(mu * (1 - 1e-12));
            assertThat(result.separability()).isEqualTo(Separability.YES);
        }
    }

    @Test
    void rowOrderDoesNotMatter() {
        SeparableData data = Instances.named("sepB");
        double[][] rows = new double[data.n()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = data.row(rows.length - 1 - i);
        }
        MarginResult there = MaxMargin.withDefaults().solve(data);
        MarginResult back = MaxMargin.withDefaults().solve(SeparableData.ofSignedRows(rows));
        assertThat(back.marginLower()).isCloseTo(there.marginLower(), within(1e-10 * there.marginLower()));
        assertThat(RunGeometry.angleDegrees(there.direction(), back.direction()))
                .isLessThan(1e-6);
    }
}
