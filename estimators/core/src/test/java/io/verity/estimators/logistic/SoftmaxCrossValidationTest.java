package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SoftmaxCrossValidationTest {
    private static final double[] LAMBDAS = {100, 0.3, 3};

    private static int[] folds(int n, int count) {
        int[] folds = new int[n];
        Arrays.setAll(folds, i -> i % count);
        return folds;
    }

    /**
     * scikit-learn 1.2.1: {@code LogisticRegressionCV(Cs=1/lambdas, multi_class='multinomial', scoring='neg_log_loss',
     * solver='newton-cg', tol=1e-8)}, row i in fold i mod 5, columns standardised over all rows; standard errors by numpy.
     */
    @Test
    void lossesAndChoiceOnWineAreThoseOfScikitLearn() {
        DataTable table = DataReader.withDefaults().read(Path.of("../../examples/data/wine.csv"));
        DMatrixRMaj x = new DMatrixRMaj(table.matrix(table.numericColumns(Set.of("label"))));
        int[] y = Arrays.stream(table.numbers("label")).mapToInt(v -> (int) v).toArray();
        standardize(x);
        double[] lambdas = {1000, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01};
        SoftmaxCrossValidation cv =
                RidgeLogistic.withDefaults().crossValidateMultinomial(x, y, 3, folds(y.length, 5), lambdas);
        double[] loss = {
            0.8851249949308722, 0.41421798173980867, 0.23712073502396672, 0.14252178110710956, 0.08566396183702153,
            0.05962138675315872, 0.04822468940463148, 0.047308627141759964, 0.05218710253147944, 0.05970858880698467
        };
        double[] errors = {
            0.0015024390181630689, 0.0063971355885520595, 0.0110021629443369, 0.014315485978564487,
            0.01633740163742917, 0.01715311416611188, 0.01795038861003918, 0.019536102867652703,
            0.022569893304779876, 0.02632480172779456
        };
        assertThat(cv.logLoss()).containsExactly(loss, within(1e-7));
        assertThat(cv.standardErrors()).containsExactly(errors, within(1e-7));
        assertThat(cv.lambdas()[cv.selected()]).isEqualTo(0.1);
        assertThat(cv.lambdas()[cv.oneStandardError()]).isEqualTo(1);
        assertThat(Arrays.copyOf(cv.fit().weights(0), 3))
                .containsExactly(new double[] {1.31956825, 0.4385568, 0.77776353}, within(1e-5));
    }

    private static void standardize(DMatrixRMaj x) {
        for (int j = 0; j < x.numCols; j++) {
            int column = j;
            double mean = IntStream.range(0, x.numRows)
                    .mapToDouble(i -> x.get(i, column))
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, x.numRows)
                    .mapToDouble(i -> (x.get(i, column) - mean) * (x.get(i, column) - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < x.numRows; i++) {
                x.set(i, j, (x.get(i, j) - mean) / Math.sqrt(variance));
            }
        }
    }

    @Test
    void lossesAreThoseOfALoopOverTheFolds() {
        DMatrixRMaj x = SoftmaxTest.rows(120, 4);
        int[] y = SoftmaxTest.labels(x, 3);
        int[] folds = folds(120, 4);
        double[] weights = new double[120];
        Arrays.setAll(weights, i -> i % 9 == 2 ? 0 : 0.5 + i % 3);
        y[2] = 77; // no class, but of weight zero
        RidgeLogistic balanced =
                RidgeLogistic.withDefaults().with(ClassWeight.BALANCED).withTolerance(1e-11);
        RidgeLogistic through =
                RidgeLogistic.withDefaults().withIntercept(false).withTolerance(1e-11);
        for (RidgeLogistic model : new RidgeLogistic[] {balanced, through}) {
            SoftmaxCrossValidation cv =
                    model.withCaseWeights(weights).crossValidateMultinomial(x, y, 3, folds, LAMBDAS);
            for (int k = 0; k < LAMBDAS.length; k++) {
                double mean = 0;
                for (int fold = 0; fold < 4; fold++) {
                    mean += heldOut(model, x, y, folds, fold, weights, LAMBDAS[k]) / 4;
                }
                assertThat(cv.logLoss()[k]).isCloseTo(mean, within(1e-9));
            }
            assertThat(cv.fits()).extracting(SoftmaxFit::lambda).containsExactly(100.0, 0.3, 3.0);
            SoftmaxFit whole =
                    model.withCaseWeights(weights).fitMultinomial(x, y, 3, Penalty.sum(LAMBDAS[cv.selected()]));
            assertThat(cv.fit().weights(1)).containsExactly(whole.weights(1), within(1e-9));
        }
    }

    private static double heldOut(
            RidgeLogistic model, DMatrixRMaj x, int[] y, int[] folds, int fold, double[] weights, double lambda) {
        double[] outside = weights.clone();
        for (int i = 0; i < folds.length; i++) {
            outside[i] = folds[i] == fold ? 0 : weights[i];
        }
        SoftmaxFit fit = model.withCaseWeights(outside).fitMultinomial(x, y, 3, Penalty.sum(lambda));
        double loss = 0;
        double total = 0;
        for (int i = 0; i < folds.length; i++) {
            if (folds[i] == fold && weights[i] > 0) {
                double[] row = Arrays.copyOfRange(x.data, i * x.numCols, (i + 1) * x.numCols);
                loss -= weights[i] * StrictMath.log(fit.probabilities(row)[y[i]]);
                total += weights[i];
            }
        }
        return loss / total;
    }

    @Test
    void twoClassesGiveTheBinaryChoiceWithHalfThePenalties() {
        DMatrixRMaj x = SoftmaxTest.rows(100, 5);
        int[] y = SoftmaxTest.labels(x, 2);
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        CrossValidation binary = ridge.crossValidate(x, y, folds(100, 5), 50, 0.15, 1.5);
        SoftmaxCrossValidation soft = ridge.crossValidateMultinomial(x, y, 2, folds(100, 5), LAMBDAS);
        assertThat(soft.logLoss()).containsExactly(binary.logLoss(), within(1e-8));
        assertThat(soft.standardErrors()).containsExactly(binary.standardErrors(), within(1e-8));
        assertThat(soft.selected()).isEqualTo(binary.selected());
        assertThat(soft.oneStandardError()).isEqualTo(binary.oneStandardError());
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        DMatrixRMaj x = SoftmaxTest.rows(300, 6);
        int[] y = SoftmaxTest.labels(x, 5);
        try (DenseBackend one = Backends.open(new BackendOptions(1));
                DenseBackend three = Backends.open(new BackendOptions(3))) {
            RidgeLogistic ridge = RidgeLogistic.withDefaults();
            SoftmaxCrossValidation alone = ridge.with(one).crossValidateMultinomial(x, y, 5, folds(300, 4), LAMBDAS);
            SoftmaxCrossValidation together =
                    ridge.with(three).crossValidateMultinomial(x, y, 5, folds(300, 4), LAMBDAS);
            assertThat(together.logLoss()).isEqualTo(alone.logLoss());
            assertThat(together.fit().weights(2)).isEqualTo(alone.fit().weights(2));
        }
    }

    @Test
    void hopelessAndWrongInputIsNamed() {
        DMatrixRMaj x = SoftmaxTest.rows(12, 2);
        int[] y = {0, 1, 2, 0, 1, 2, 0, 1, 0, 0, 1, 1};
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        int[] folds = folds(12, 3);
        assertThatThrownBy(() -> ridge.crossValidateMultinomial(x, y, 3, folds, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no row outside fold 2 of 3 belongs to class 2");
        assertThatThrownBy(() -> ridge.crossValidateMultinomial(x, y, 4, folds, 1))
                .hasMessage("no row belongs to class 3 of 4");
        assertThatThrownBy(() -> ridge.crossValidateMultinomial(x, y, 2, folds, 1))
                .hasMessage("labels must be 0 to 1, but the label of row 3 is 2");
        assertThatThrownBy(() -> ridge.crossValidateMultinomial(x, y, 3, folds, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lambda");
        assertThatThrownBy(() -> ridge.crossValidateMultinomial(x, y, 3, new int[12], 1))
                .hasMessage("cross-validation needs at least two folds, but there is 1");
        double[] weights = new double[12];
        Arrays.setAll(weights, i -> i % 4 == 3 ? 0 : 1);
        assertThatThrownBy(() -> ridge.withCaseWeights(weights).crossValidateMultinomial(x, y, 3, folds(12, 4), 1))
                .hasMessage("fold 3 of 4 has no rows of positive weight");
    }
}
