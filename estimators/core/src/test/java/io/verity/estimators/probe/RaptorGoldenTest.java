package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.linalg.Backends;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RaptorGoldenTest {
    private static final Offset<Double> EXACT = within(1e-7);
    private static final Offset<Double> BASELINE = within(1e-5);
    private static final RaptorResult FIT = Raptor.withDefaults().fit(Golden.x(), Golden.y(), Golden.split());

    private static double golden(String key) {
        return Golden.END_TO_END.path(key).asDouble();
    }

    private static void assertSame(double[] found, double[] expected, Offset<Double> tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).as("entry %d", k).isCloseTo(expected[k], tolerance);
        }
    }

    @Test
    void gridAndValidationCurveAreTheReference() {
        assertSame(FIT.gridC(), Golden.numbers("gridC"), within(1e-12));
        assertThat(FIT.validation().accuracy()).containsExactly(Golden.numbers("valAccuracy"));
        assertSame(FIT.validation().logLoss(), Golden.numbers("valLogLoss"), EXACT);
        assertThat(FIT.converged()).isTrue();
    }

    @Test
    void firstMaximumIsSelectedAmongTies() {
        assertThat(FIT.selectedIndex())
                .isEqualTo(Golden.END_TO_END.path("selectedIndex").asInt());
        assertThat(FIT.selectedC()).isCloseTo(golden("selectedC"), within(1e-15));
        assertThat(FIT.validation().ties())
                .isEqualTo(Golden.END_TO_END.path("tiesAtMax").asInt());
    }

    @Test
    void logLossSelectsTheReferencesMinimum() {
        RaptorResult fit = Raptor.withDefaults().with(Selection.LOG_LOSS).fit(Golden.x(), Golden.y(), Golden.split());
        assertThat(fit.selectedIndex())
                .isEqualTo(Golden.END_TO_END.path("bestByLogLossIndex").asInt());
    }

    @Test
    void scaleWeightsAndDirectionAreTheReference() {
        assertSame(FIT.standardizer().mean(), Golden.numbers("mean"), within(1e-12));
        assertSame(FIT.standardizer().deviation(), Golden.numbers("scale"), within(1e-12));
        assertSame(FIT.weights(), Golden.numbers("wRaw"), EXACT);
        assertThat(FIT.intercept()).isCloseTo(golden("bRaw"), EXACT);
        assertSame(FIT.conceptVector(), Golden.numbers("conceptVector"), EXACT);
        double[] standardized = FIT.weights();
        for (int j = 0; j < standardized.length; j++) {
            standardized[j] *= FIT.standardizer().deviation()[j];
        }
        assertSame(standardized, Golden.numbers("wStd"), EXACT);
    }

    @Test
    void testMetricsAreTheReference() {
        assertThat(FIT.testAccuracy()).isEqualTo(golden("testAccuracy"));
        assertThat(FIT.testLogLoss()).isCloseTo(golden("testLogLoss"), EXACT);
    }

    @Test
    void steeringOfTheFirstTestRowIsTheReference() {
        double[] state = Golden.x()[Golden.split().test()[0]];
        for (JsonNode given : Golden.END_TO_END.path("steeringOnTestRow0")) {
            double target = given.path("target").asDouble();
            double alpha = Steering.along(FIT.probe()).with(MinimalEdit.EXACT).alpha(state, target);
            assertThat(FIT.probe().score(state))
                    .isCloseTo(given.path("logitBefore").asDouble(), EXACT);
            assertThat(alpha).isCloseTo(given.path("alpha").asDouble(), EXACT);
            assertThat(FIT.probe().probability(FIT.add(state, alpha))).isCloseTo(target, within(1e-12));
        }
    }

    private static DMatrixRMaj standardized() {
        Split split = Golden.split();
        return Standardizer.of(Golden.matrix(), split.train()).transform(Golden.matrix(), split.train());
    }

    private static int[] labels() {
        return Rows.select(Golden.y(), Golden.split().train());
    }

    private static double[] baseline(String key) {
        return GoldenJson.array(Golden.BASELINES.path(key));
    }

    @Test
    void differenceOfMeansIsTheReference() {
        DMatrixRMaj z = standardized();
        assertSame(
                Baselines.differenceOfMeans(z, labels(), Rows.all(z.numRows)).weights(),
                baseline("diffOfMeans"),
                within(1e-12));
    }

    @Test
    void discriminantAnalysisIsTheReference() {
        DMatrixRMaj z = standardized();
        LinearProbe plain = Baselines.lda(z, labels(), Rows.all(z.numRows), 0, Backends.shared());
        assertSame(plain.weights(), baseline("ldaCoef"), BASELINE);
        assertThat(plain.intercept())
                .isCloseTo(Golden.BASELINES.path("ldaIntercept").asDouble(), BASELINE);
        LinearProbe shrunk = Baselines.lda(z, labels(), Rows.all(z.numRows), 0.3, Backends.shared());
        assertSame(shrunk.weights(), baseline("ldaShrinkage0.3Coef"), BASELINE);
        assertThat(shrunk.intercept())
                .isCloseTo(Golden.BASELINES.path("ldaShrinkage0.3Intercept").asDouble(), BASELINE);
    }

    @Test
    void squaredHingeIsTheReference() {
        DMatrixRMaj z = standardized();
        JsonNode svm = Golden.BASELINES.path("l2svm");
        LinearProbe probe = Baselines.squaredHinge(
                z, labels(), Rows.all(z.numRows), svm.path("lambda").asDouble(), Backends.shared());
        assertSame(probe.weights(), GoldenJson.array(svm.path("w")), BASELINE);
        assertThat(probe.intercept()).isCloseTo(svm.path("b").asDouble(), BASELINE);
    }
}
