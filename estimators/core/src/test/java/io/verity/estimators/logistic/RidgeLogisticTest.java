package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.SplitMix64;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RidgeLogisticTest {
    private static final double[] LAMBDAS = {300, 30, 3, 0.3, 0.03, 0.003};

    /** Rows with common factors and columns of different scales, labels from a logistic teacher. */
    private static DMatrixRMaj rows(int n, int p, long seed) {
        SplitMix64 draws = new SplitMix64(seed);
        DMatrixRMaj x = new DMatrixRMaj(n, p);
        for (int i = 0; i < n; i++) {
            double common = draws.nextDouble() - 0.5;
            for (int j = 0; j < p; j++) {
                x.set(i, j, (draws.nextDouble() - 0.5 + common) * (1 + j % 3) + j % 5);
            }
        }
        return x;
    }

    private static int[] labels(DMatrixRMaj x, long seed) {
        SplitMix64 draws = new SplitMix64(seed);
        int[] y = new int[x.numRows];
        for (int i = 0; i < y.length; i++) {
            double score = 0;
            for (int j = 0; j < Math.min(6, x.numCols); j++) {
                score += (x.get(i, j) - j % 5) * (j % 2 == 0 ? 2 : -1);
            }
            y[i] = draws.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
        }
        y[0] = 0;
        y[1] = 1;
        return y;
    }

    @ParameterizedTest
    @CsvSource({"90,20,true", "90,20,false", "40,200,true", "40,200,false", "60,60,true", "260,170,true", "170,400,true"
    })
    void allSolversAgreeOnBothShapes(int n, int p, boolean intercept) {
        DMatrixRMaj x = rows(n, p, 5);
        int[] y = labels(x, 6);
        double[] weights = new double[n];
        Arrays.setAll(weights, i -> i % 7 == 0 ? 0 : 0.5 + i % 3);
        RidgeLogistic ridge = RidgeLogistic.withDefaults()
                .withIntercept(intercept)
                .withCaseWeights(weights)
                .withTolerance(1e-11);
        RidgePath reference = ridge.with(Solver.PRIMAL).path(x, y, LAMBDAS);
        for (Solver solver : Solver.values()) {
            RidgePath path = ridge.with(solver).path(x, y, LAMBDAS);
            for (int k = 0; k < LAMBDAS.length; k++) {
                assertThat(path.fit(k).status()).as("%s %s", solver, LAMBDAS[k]).isEqualTo(Status.CONVERGED);
                assertThat(path.fit(k).weights())
                        .as("%s at lambda %s", solver, LAMBDAS[k])
                        .containsExactly(reference.fit(k).weights(), within(1e-8));
                assertThat(path.fit(k).intercept()).isCloseTo(reference.fit(k).intercept(), within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Solver.class)
    void aWeightOfTwoIsTheRowTwice(Solver solver) {
        DMatrixRMaj x = rows(50, 8, 1);
        int[] y = labels(x, 2);
        double[] weights = new double[50];
        Arrays.fill(weights, 1);
        weights[3] = 2;
        weights[7] = 0;
        DMatrixRMaj repeated = new DMatrixRMaj(50, 8);
        repeated.setTo(x);
        System.arraycopy(x.data, 3 * 8, repeated.data, 7 * 8, 8);
        int[] labels = y.clone();
        labels[7] = y[3];
        RidgeLogistic ridge = RidgeLogistic.withDefaults().with(solver);
        RidgeFit weighted = ridge.withCaseWeights(weights).fit(x, y, Penalty.sum(0.5));
        RidgeFit twice = ridge.fit(repeated, labels, Penalty.sum(0.5));
        assertThat(weighted.weights()).containsExactly(twice.weights(), within(1e-9));
        assertThat(weighted.objective()).isCloseTo(twice.objective(), within(1e-9));
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        DMatrixRMaj x = rows(600, 300, 3);
        int[] y = labels(x, 4);
        try (DenseBackend two = Backends.open(new BackendOptions(2))) {
            RidgePath one = RidgeLogistic.withDefaults().path(x, y, LAMBDAS);
            RidgePath both = RidgeLogistic.withDefaults().with(two).path(x, y, LAMBDAS);
            for (int k = 0; k < LAMBDAS.length; k++) {
                assertThat(both.fit(k).weights()).isEqualTo(one.fit(k).weights());
            }
        }
    }

    @Test
    void pathsDoNotDependOnTheOrderOfThePenalties() {
        DMatrixRMaj x = rows(80, 10, 8);
        int[] y = labels(x, 9);
        RidgePath down = RidgeLogistic.withDefaults().path(x, y, 10, 1, 0.1);
        RidgePath up = RidgeLogistic.withDefaults().path(x, y, 0.1, 1, 10);
        for (int k = 0; k < 3; k++) {
            assertThat(up.lambda(2 - k)).isEqualTo(down.lambda(k));
            assertThat(up.fit(2 - k).weights()).isEqualTo(down.fit(k).weights());
        }
    }

    @Test
    void equalPenaltiesGiveEqualFits() {
        DMatrixRMaj x = rows(200, 160, 20);
        int[] y = labels(x, 21);
        RidgePath path = RidgeLogistic.withDefaults().with(Solver.ITERATIVE).path(x, y, 2, 2, 2);
        for (RidgeFit fit : path.fits()) {
            assertThat(fit.status()).isEqualTo(Status.CONVERGED);
            assertThat(fit.weights()).containsExactly(path.fit(0).weights(), within(1e-8));
        }
    }

    @Test
    void pathsMayHoldPenaltiesOfAnySizeAndColumnsWithoutVariance() {
        DMatrixRMaj x = rows(120, 30, 22);
        for (int i = 0; i < x.numRows; i++) {
            x.set(i, 7, 3.5);
        }
        int[] y = labels(x, 23);
        double[] lambdas = {1e30, 1e12, 1, 1e-30};
        RidgePath path = RidgeLogistic.withDefaults().with(Solver.ITERATIVE).path(x, y, lambdas);
        RidgePath exact = RidgeLogistic.withDefaults().with(Solver.PRIMAL).path(x, y, lambdas);
        for (int k = 0; k < lambdas.length; k++) {
            assertThat(path.fit(k).status()).isEqualTo(Status.CONVERGED);
            double[] expected = exact.fit(k).weights();
            double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(path.fit(k).weights()).containsExactly(expected, within(1e-7 * largest));
        }
    }

    @Test
    void nearlyCollinearColumnsUnderWeakPenaltiesTakeFewProducts() {
        DMatrixRMaj x = rows(300, 80, 24);
        int[] y = labels(x, 25);
        // Each column nearer to the one before it than the last.
        for (int j = 1; j < x.numCols; j++) {
            double share = StrictMath.pow(10, -0.05 * j);
            for (int i = 0; i < x.numRows; i++) {
                x.set(i, j, x.get(i, j - 1) + share * x.get(i, j));
            }
        }
        AtomicInteger products = new AtomicInteger();
        DenseBackend counting = (DenseBackend) Proxy.newProxyInstance(
                DenseBackend.class.getClassLoader(),
                new Class<?>[] {DenseBackend.class},
                (proxy, method, arguments) -> {
                    products.addAndGet(method.getName().equals("gemm") ? 1 : 0);
                    return method.invoke(Backends.shared(), arguments);
                });
        RidgePath path = RidgeLogistic.withDefaults()
                .with(Solver.ITERATIVE)
                .with(counting)
                .path(x, y, 1, 1e-2, 1e-4, 1e-6, 1e-8);
        assertThat(path.fits()).allMatch(fit -> fit.status() == Status.CONVERGED);
        assertThat(products.get()).isBetween(1, 300);
    }

    @Test
    void foldsSideBySideGiveTheFitsOfEachForItself() {
        DMatrixRMaj x = rows(500, 160, 10);
        int[] y = labels(x, 11);
        int[] folds = new int[500];
        Arrays.setAll(folds, i -> i % 4);
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        CrossValidation together = ridge.crossValidate(x, y, folds, LAMBDAS);
        CrossValidation apart = ridge.with(Solver.PRIMAL).crossValidate(x, y, folds, LAMBDAS);
        assertThat(together.logLoss()).containsExactly(apart.logLoss(), within(1e-8));
        assertThat(together.selected()).isEqualTo(apart.selected());
        assertThat(together.fit().weights()).containsExactly(apart.fit().weights(), within(1e-8));
        assertThat(together.oneStandardError()).isLessThanOrEqualTo(together.selected());
    }

    @Test
    void foldsWithoutWeightAreRefused() {
        DMatrixRMaj x = rows(60, 4, 26);
        int[] y = labels(x, 27);
        int[] folds = new int[60];
        double[] weights = new double[60];
        Arrays.setAll(folds, i -> i % 3);
        Arrays.setAll(weights, i -> i % 3 == 2 ? 0 : 1);
        assertThatThrownBy(() ->
                        RidgeLogistic.withDefaults().withCaseWeights(weights).crossValidate(x, y, folds, 1, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fold 2 of 3 has no rows of positive weight");
    }

    @Test
    void foldsSideBySideHeedWeightsAndClassesAndDoNotDependOnThreads() {
        DMatrixRMaj x = rows(400, 170, 30);
        int[] y = labels(x, 31);
        int[] folds = new int[400];
        Arrays.setAll(folds, i -> i / 80);
        double[] weights = new double[400];
        Arrays.setAll(weights, i -> i % 7 == 0 ? 0 : 1 + i % 3);
        RidgeLogistic ridge =
                RidgeLogistic.withDefaults().withCaseWeights(weights).with(ClassWeight.BALANCED);
        CrossValidation together = ridge.crossValidate(x, y, folds, LAMBDAS);
        CrossValidation apart = ridge.with(Solver.PRIMAL).crossValidate(x, y, folds, LAMBDAS);
        assertThat(together.logLoss()).containsExactly(apart.logLoss(), within(1e-8));
        try (DenseBackend three = Backends.open(new BackendOptions(3))) {
            assertThat(ridge.with(three).crossValidate(x, y, folds, LAMBDAS).logLoss())
                    .isEqualTo(together.logLoss());
        }
    }

    @Test
    void columnsFarFromZeroLoseNoDigits() {
        DMatrixRMaj x = rows(60, 5, 12);
        int[] y = labels(x, 13);
        DMatrixRMaj far = x.copy();
        for (int i = 0; i < far.data.length; i++) {
            far.data[i] += 0x1p20;
        }
        RidgeFit near = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(0.1));
        RidgeFit moved = RidgeLogistic.withDefaults().fit(far, y, Penalty.sum(0.1));
        assertThat(moved.weights()).containsExactly(near.weights(), within(1e-8));
    }

    /** Two rows at 1 and -1, no intercept: the optimum solves 2 / (1 + exp(w)) = lambda w. The loss has all but vanished there. */
    @ParameterizedTest
    @EnumSource(Solver.class)
    void vanishingGradientsOfSeparableDataAreNotTakenForTheOptimum(Solver solver) {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1}, {-1}});
        for (double weight : new double[] {1, 1e12}) {
            for (double lambda : new double[] {1e-6, 1e-9, 1e-12}) {
                RidgeFit fit = RidgeLogistic.withDefaults()
                        .with(solver)
                        .withIntercept(false)
                        .withCaseWeights(weight, weight)
                        .fit(x, new int[] {1, 0}, Penalty.sum(weight * lambda));
                double w = fit.weights()[0];
                assertThat(2 / (1 + Math.exp(w)) / (lambda * w))
                        .as("at %s", lambda)
                        .isCloseTo(1, within(1e-7));
                assertThat(fit.status()).isEqualTo(Status.CONVERGED);
            }
        }
    }

    @Test
    void columnsTooLargeForTheSystemOfTheRowsAreSolvedInTheirOwn() {
        DMatrixRMaj x = rows(30, 50, 8);
        int[] y = labels(x, 9);
        for (int k = 0; k < x.data.length; k++) {
            x.data[k] *= 1e9;
        }
        RidgeFit fit = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(1e-3));

        assertThat(fit.status()).isEqualTo(Status.CONVERGED);
        double[] scores = fit.scores(x);
        for (int i = 0; i < y.length; i++) {
            assertThat(scores[i] > 0).isEqualTo(y[i] == 1);
        }
    }

    @Test
    void separableDataHaveNoUnpenalisedFit() {
        double[][] x = {{-3}, {-2}, {-1}, {1}, {2}, {3}};
        int[] y = {0, 0, 0, 1, 1, 1};
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        assertThatThrownBy(() -> ridge.fit(x, y, Penalty.none()))
                .isInstanceOf(SeparableDataException.class)
                .hasMessage("no finite maximum-likelihood estimate: data are linearly separable; use lambda > 0");
        RidgeFit limit = ridge.with(SeparablePolicy.RIDGE_LIMIT).fit(x, y, Penalty.none());
        assertThat(limit.lambda()).isEqualTo(1e-6);
        assertThat(limit.weights()[0]).isGreaterThan(5);
    }

    @Test
    void maximumLikelihoodIsThePenaltysLimit() {
        DMatrixRMaj x = rows(200, 4, 14);
        int[] y = labels(x, 15);
        RidgeFit mle = RidgeLogistic.withDefaults().fit(x, y, Penalty.none());
        RidgeFit weak = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(1e-9));
        assertThat(mle.status()).isEqualTo(Status.CONVERGED);
        assertThat(weak.weights()).containsExactly(mle.weights(), within(1e-7));
    }

    @Test
    void badInputIsNamed() {
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        Penalty one = Penalty.sum(1);
        assertThatThrownBy(() -> ridge.fit(new double[120][2], new int[119], one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("X has 120 rows but y has 119 labels");
        assertThatThrownBy(() -> ridge.fit(new double[][] {{1, 2}, {3}}, new int[] {0, 1}, one))
                .hasMessage("row 2 of X has 1 entries, but row 1 has 2");
        assertThatThrownBy(() -> ridge.fit(new double[0][], new int[0], one)).hasMessage("X has no rows");
        assertThatThrownBy(() -> ridge.fit(new double[][] {{1, 2}, {3, Double.NaN}}, new int[] {0, 1}, one))
                .hasMessage("X holds NaN in row 2, column 2; entries must be finite");
        assertThatThrownBy(() -> ridge.fit(new double[][] {{1}, {3}}, new int[] {0, 2}, one))
                .hasMessage("labels must be 0 or 1, but the label of row 2 is 2, and the labels are 0, 2");
        assertThatThrownBy(() -> ridge.fit(new double[][] {{1}, {3}, {4}}, new int[] {0, 2, 1}, one))
                .hasMessageContaining("the labels are 0, 1, 2 (more than two classes: use fitMultinomial)");
        assertThatThrownBy(() -> ridge.fit(new double[][] {{1}, {3}, {4}}, new int[] {1, 1, 1}, one))
                .isInstanceOf(SingleClassException.class)
                .hasMessageContaining("0 of class 0 and 3 of class 1");
        assertThatThrownBy(() -> Penalty.sum(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Penalty.sum(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Penalty.inverseC(0)).hasMessageContaining("C");
        assertThatThrownBy(() -> ridge.withCaseWeights(1, -2)).hasMessageContaining("weight 2 is -2");
    }

    @Test
    void withoutColumnsOnlyTheInterceptIsFitted() {
        RidgeFit fit = RidgeLogistic.withDefaults().fit(new double[4][0], new int[] {0, 1, 1, 1}, Penalty.sum(1));
        assertThat(fit.intercept()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(fit.weights()).isEmpty();
    }

    @Test
    void penaltiesConvertBetweenTheirUnits() {
        assertThat(Penalty.mean(0.1, 400).lambda()).isEqualTo(40);
        assertThat(Penalty.inverseC(0.25).lambda()).isEqualTo(4);
        assertThat(Penalty.sum(4).inverseC()).isEqualTo(0.25);
        assertThat(Penalty.sum(40).mean(400)).isEqualTo(0.1);
    }
}
