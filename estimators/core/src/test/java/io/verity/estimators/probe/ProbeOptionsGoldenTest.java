package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.estimators.logistic.ClassWeight;
import io.verity.stats.linalg.Backends;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random data through the whole protocol with weights, imbalance and more columns than rows. {@code options.json} was made with
 * numpy 1.24 (a full Newton method in the space of the columns, to gradients of 1e-12, equal to scikit-learn 1.2.1's
 * newton-cholesky to 3e-11), scikit-learn's metrics and {@code ledoit_wolf_shrinkage}, and scipy 1.10's L-BFGS-B for the
 * squared hinge.
 */
class ProbeOptionsGoldenTest {
    private static final JsonNode GOLDEN = GoldenJson.read(ProbeOptionsGoldenTest.class, "options.json");
    private static final Offset<Double> TIGHT = within(1e-9);

    private static DMatrixRMaj matrix(JsonNode data) {
        JsonNode rows = data.path("X");
        double[][] x = new double[rows.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = GoldenJson.array(rows.get(i));
        }
        return Rows.of(x);
    }

    private static int[] whole(JsonNode node) {
        return Arrays.stream(GoldenJson.array(node)).mapToInt(v -> (int) v).toArray();
    }

    private static Split split(JsonNode data) {
        return Split.of(
                data.path("y").size(), whole(data.path("train")), whole(data.path("val")), whole(data.path("test")));
    }

    private static Raptor raptor(JsonNode data) {
        Raptor raptor = Raptor.withDefaults()
                .withGrid(GoldenJson.array(data.path("grid")))
                .with(data.path("balanced").asBoolean() ? ClassWeight.BALANCED : ClassWeight.NONE);
        return data.path("weights").isArray() ? raptor.withCaseWeights(GoldenJson.array(data.path("weights"))) : raptor;
    }

    private static void assertSame(double[] found, JsonNode expected, Offset<Double> tolerance) {
        double[] wanted = GoldenJson.array(expected);
        assertThat(found).hasSameSizeAs(wanted);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).as("entry %d", k).isCloseTo(wanted[k], tolerance);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tall", "weighted", "imbalanced", "weightedBalanced", "wide"})
    void everySelectionAndRefitUnitIsTheReference(String name) {
        JsonNode data = GOLDEN.path(name);
        DMatrixRMaj x = matrix(data);
        int[] y = whole(data.path("y"));
        for (Selection selection : Selection.values()) {
            if (selection == Selection.KFOLD) {
                continue;
            }
            RaptorResult fit = raptor(data).with(selection).fit(x, y, split(data));
            assertThat(fit.selectedIndex())
                    .as(selection.name())
                    .isEqualTo(data.path("selected").path(selection.name()).asInt());
            assertThat(fit.validation().accuracy()).containsExactly(GoldenJson.array(data.path("accuracy")));
            assertSame(fit.validation().logLoss(), data.path("logLoss"), TIGHT);
        }
        for (RefitUnit unit : RefitUnit.values()) {
            RaptorResult fit = raptor(data).with(Selection.LOG_LOSS).with(unit).fit(x, y, split(data));
            JsonNode expected = data.path("fits").path(unit.name());
            assertSame(fit.weights(), expected.path("w"), within(1e-8));
            assertThat(fit.intercept()).isCloseTo(expected.path("b").asDouble(), within(1e-8));
            assertThat(fit.testAccuracy())
                    .isEqualTo(expected.path("testAccuracy").asDouble());
            assertThat(fit.testLogLoss()).isCloseTo(expected.path("testLogLoss").asDouble(), TIGHT);
            assertThat(fit.test().areaUnderCurve())
                    .isCloseTo(expected.path("auc").asDouble(), within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tall", "imbalanced", "wide"})
    void shrunkenDiscriminantsAndSquaredHingeAreTheReference(String name) {
        JsonNode data = GOLDEN.path(name);
        Split split = split(data);
        DMatrixRMaj z = Standardizer.of(matrix(data), split.train()).transform(matrix(data), split.train());
        int[] y = Rows.select(whole(data.path("y")), split.train());
        int[] all = Rows.all(z.numRows);
        LinearProbe lda = Baselines.ldaLedoitWolf(z, y, all, Backends.shared());
        assertSame(lda.weights(), data.path("ldaCoef"), TIGHT);
        assertThat(lda.intercept()).isCloseTo(data.path("ldaIntercept").asDouble(), TIGHT);
        LinearProbe given = Baselines.lda(z, y, all, data.path("ledoitWolf").asDouble(), Backends.shared());
        assertSame(given.weights(), data.path("ldaCoef"), TIGHT);
        LinearProbe svm =
                Baselines.squaredHinge(z, y, all, data.path("svmLambda").asDouble(), Backends.shared());
        assertSame(svm.weights(), data.path("svmCoef"), within(1e-6));
        assertThat(svm.intercept()).isCloseTo(data.path("svmIntercept").asDouble(), within(1e-6));
    }

    @Test
    void threeClassesAreTheReference() {
        JsonNode data = GOLDEN.path("multiclass");
        DMatrixRMaj x = matrix(data);
        int[] y = whole(data.path("y"));
        MulticlassResult fit = raptor(data).fitMulticlass(x, y, split(data));
        assertThat(fit.validation()).containsExactly(GoldenJson.array(data.path("accuracy")));
        assertThat(fit.selectedC())
                .containsOnly(fit.gridC()[data.path("selected").asInt()]);
        for (int k = 0; k < 3; k++) {
            assertSame(fit.probe(k).weights(), data.path("w").get(k), within(1e-8));
            assertThat(fit.probe(k).intercept()).isCloseTo(data.path("b").get(k).asDouble(), within(1e-8));
        }
        assertThat(fit.testAccuracy()).isEqualTo(data.path("testAccuracy").asDouble());
        MulticlassResult rest = raptor(data).with(Multiclass.ONE_VS_REST).fitMulticlass(x, y, split(data));
        for (int k = 0; k < 3; k++) {
            double cosine = rest.probe(k).cosine(fit.probe(k));
            assertThat(cosine).isGreaterThan(0.9);
        }
    }

    @Test
    void softmaxOfTwoClassesIsTheBinaryProbeWithHalfThePenalty() {
        int[] y = Golden.y();
        Raptor raptor = Raptor.withDefaults();
        MulticlassResult two = raptor.withGrid(0.02).fitMulticlass(Golden.matrix(), y, Golden.split());
        RaptorResult one = raptor.withGrid(0.04).fit(Golden.matrix(), y, Golden.split());
        double[] w0 = two.probe(0).weights();
        double[] w1 = two.probe(1).weights();
        for (int j = 0; j < w0.length; j++) {
            assertThat(w1[j] - w0[j]).isCloseTo(one.weights()[j], within(1e-7));
            assertThat(w1[j] + w0[j]).isCloseTo(0, within(1e-9));
        }
    }
}
