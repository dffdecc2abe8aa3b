package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.logistic.LinearSeparability.Result;
import io.verity.estimators.logistic.LinearSeparability.Verdict;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSeparabilityTest {
    private static final double[][] LINE = {{1}, {2}, {3}, {4}, {5}, {6}};

    @Test
    void aGapSeparates() {
        Result found = test(LINE, 0, 0, 0, 1, 1, 1);
        assertThat(found.verdict()).isEqualTo(Verdict.SEPARABLE);
        assertThat(found.smallestMargin()).isPositive();
        for (int i = 0; i < 6; i++) {
            double score = found.direction()[0] * LINE[i][0] + found.intercept();
            assertThat(score > 0).isEqualTo(i >= 3);
        }
    }

    @Test
    void rowsOfBothClassesOnThePlaneSeparateAlmost() {
        double[][] x = {{1}, {2}, {3}, {3}, {4}, {5}};
        Result found = test(x, 0, 0, 0, 1, 1, 1);
        assertThat(found.verdict()).isEqualTo(Verdict.QUASI_SEPARABLE);
        assertThat(found.onPlane()).isEqualTo(2);
        assertThat(found.direction()[0]).isPositive();
        assertThatThrownBy(() -> RidgeLogistic.withDefaults().fit(x, new int[] {0, 0, 0, 1, 1, 1}, Penalty.none()))
                .isInstanceOf(SeparableDataException.class)
                .hasMessage("no finite maximum-likelihood estimate: data are quasi-separable (a hyperplane has 4 rows"
                        + " strictly on the sides of their classes and the other 2 on it); use lambda > 0");
        RidgeFit limit = RidgeLogistic.withDefaults()
                .with(SeparablePolicy.RIDGE_LIMIT)
                .fit(x, new int[] {0, 0, 0, 1, 1, 1}, Penalty.none());
        assertThat(limit.lambda()).isEqualTo(1e-6);
    }

    /** The textbook case: one level of a factor has one outcome only, other columns overlap. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aLevelWithOneOutcomeSeparatesAlmost(long seed) {
        RandomStream random = RandomStream.of(seed, "test", 0, 0);
        DMatrixRMaj x = new DMatrixRMaj(200, 3);
        int[] y = new int[200];
        for (int i = 0; i < 200; i++) {
            x.set(i, 0, random.nextGaussian() * 100 + 1e4);
            x.set(i, 1, random.nextGaussian());
            y[i] = random.nextDouble() < 0.5 ? 1 : 0;
            x.set(i, 2, y[i] == 1 && i % 20 == 0 ? 1 : 0);
        }
        Result found = LinearSeparability.test(x, y, true);
        assertThat(found.verdict()).isEqualTo(Verdict.QUASI_SEPARABLE);
        assertThatThrownBy(() -> RidgeLogistic.withDefaults().fit(x, y, Penalty.none()))
                .isInstanceOf(SeparableDataException.class)
                .hasMessageContaining("quasi-separable");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anOverlapHasACertificate(long seed) {
        RandomStream random = RandomStream.of(seed, "test", 0, 0);
        DMatrixRMaj x = new DMatrixRMaj(100, 4);
        int[] y = new int[100];
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 4; j++) {
                x.set(i, j, random.nextGaussian() * StrictMath.pow(10, j));
            }
            y[i] = random.nextDouble() < 0.5 ? 1 : 0;
        }
        Result found = LinearSeparability.test(x, y, true);
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_SEPARABLE);
        assertThat(Arrays.stream(found.certificate())).hasSize(100).allMatch(a -> a > 0);
    }

    @Test
    void oneRowOnTheWrongSideIsAnOverlap() {
        assertThat(test(LINE, 0, 0, 1, 0, 1, 1).verdict()).isEqualTo(Verdict.NOT_SEPARABLE);
        assertThat(test(LINE, 0, 1, 0, 1, 0, 1).verdict()).isEqualTo(Verdict.NOT_SEPARABLE);
    }

    @Test
    void rowsNoMoreThanColumnsAreSeparableUnlessTwoAreEqual() {
        RandomStream random = RandomStream.of(8, "test", 0, 0);
        DMatrixRMaj x = new DMatrixRMaj(9, 8);
        for (int k = 0; k < x.data.length; k++) {
            x.data[k] = random.nextGaussian();
        }
        int[] y = {0, 1, 1, 0, 1, 0, 0, 1, 1};
        assertThat(LinearSeparability.test(x, y, true).verdict()).isEqualTo(Verdict.SEPARABLE);
        System.arraycopy(x.data, 0, x.data, 8, 8);
        assertThat(LinearSeparability.test(x, y, true).verdict()).isEqualTo(Verdict.QUASI_SEPARABLE);
        int[] same = {0, 0, 1, 0, 1, 0, 0, 1, 1};
        assertThat(LinearSeparability.test(x, same, true).verdict()).isEqualTo(Verdict.SEPARABLE);
    }

    @Test
    void withoutInterceptThePlaneGoesThroughTheOrigin() {
        DMatrixRMaj x = new DMatrixRMaj(LINE);
        int[] y = {0, 0, 0, 1, 1, 1};
        assertThat(LinearSeparability.test(x, y, false).verdict()).isEqualTo(Verdict.NOT_SEPARABLE);
        DMatrixRMaj around = new DMatrixRMaj(new double[][] {{-3}, {-2}, {0}, {0}, {1}, {2}});
        assertThat(LinearSeparability.test(around, y, false).verdict()).isEqualTo(Verdict.QUASI_SEPARABLE);
    }

    @Test
    void rowsOfWeightZeroDoNotOverlap() {
        int[] y = {0, 0, 1, 0, 1, 1};
        RidgeLogistic model = RidgeLogistic.withDefaults();
        assertThat(model.fit(LINE, y, Penalty.none()).status()).isEqualTo(Status.CONVERGED);
        assertThatThrownBy(() -> model.withCaseWeights(1, 1, 0, 1, 1, 1).fit(LINE, y, Penalty.none()))
                .isInstanceOf(SeparableDataException.class)
                .hasMessage("no finite maximum-likelihood estimate: data are linearly separable; use lambda > 0");
    }

    @Test
    void scalesAndLargeMeansDoNotMatter() {
        double[][] x = {{1e9 + 1, 1e-9}, {1e9 + 2, 3e-9}, {1e9 + 3, 1e-9}, {1e9 + 4, 4e-9}, {1e9 + 5, 2e-9}};
        assertThat(test(x, 0, 0, 1, 1, 1).verdict()).isEqualTo(Verdict.SEPARABLE);
        assertThat(test(x, 0, 1, 0, 1, 0).verdict()).isNotEqualTo(Verdict.NOT_CERTIFIED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void verdictsAgreeWithTryingAllDirections(long seed) {
        RandomStream random = RandomStream.of(seed, "test", 0, 0);
        for (int trial = 0; trial < 40; trial++) {
            double[][] x = new double[6][];
            int[] y = new int[6];
            for (int i = 0; i < 6; i++) {
                x[i] = new double[] {random.nextInt(4), random.nextInt(4)};
                y[i] = random.nextInt(2);
            }
            int ones = Arrays.stream(y).sum();
            if (ones > 0 && ones < 6) {
                assertThat(test(x, y).verdict())
                        .as(Arrays.deepToString(x) + Arrays.toString(y))
                        .isEqualTo(tried(x, y));
            }
        }
    }

    /** On a 4 x 4 lattice the normals with entries up to 20 hold every direction that matters. */
    private static Verdict tried(double[][] x, int[] y) {
        boolean quasi = false;
        for (double[] direction : directions()) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < x.length; i++) {
                double s = direction[0] * x[i][0] + direction[1] * x[i][1];
                low = y[i] == 1 ? Math.min(low, s) : low;
                high = y[i] == 0 ? Math.max(high, s) : high;
                lowest = Math.min(lowest, s);
                highest = Math.max(highest, s);
            }
            if (low > high) {
                return Verdict.SEPARABLE;
            }
            quasi |= low == high && highest > lowest;
        }
        return quasi ? Verdict.QUASI_SEPARABLE : Verdict.NOT_SEPARABLE;
    }

    private static double[][] directions() {
        double[][] all = new double[41 * 41][];
        for (int a = -20; a <= 20; a++) {
            for (int b = -20; b <= 20; b++) {
                all[(a + 20) * 41 + b + 20] = new double[] {a, b};
            }
        }
        return all;
    }

    @Test
    void columnsThatDependOnOthersAreNamed() {
        int[] y = {0, 1, 0, 1, 1, 0};
        double[][] constant = {{1, 7.3}, {2, 7.3}, {3, 7.3}, {4, 7.3}, {5, 7.3}, {6, 7.3}};
        assertThatThrownBy(() -> RidgeLogistic.withDefaults().fit(constant, y, Penalty.none()))
                .isInstanceOf(CollinearColumnsException.class)
                .hasMessage("column 2 is constant, and the intercept is there already; drop it or use lambda > 0");
        double[][] twice = {{1, 0, 2}, {1, 1, 2}, {2, 1, 4}, {2, 0, 4}, {3, 0, 6}, {3, 1, 6}};
        assertThatThrownBy(() -> RidgeLogistic.withDefaults().fit(twice, y, Penalty.none()))
                .isInstanceOf(CollinearColumnsException.class)
                .hasMessage("column 3 is, to rounding, a linear combination of the columns before it and the intercept;"
                        + " drop it or use lambda > 0");
        RidgeLogistic through = RidgeLogistic.withDefaults().withIntercept(false);
        assertThat(through.fit(constant, y, Penalty.none()).status()).isEqualTo(Status.CONVERGED);
    }

    private static Result test(double[][] x, int... y) {
        return LinearSeparability.test(new DMatrixRMaj(x), y, true);
    }
}
