package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link DenseBackend#approximateInverses} must do, whatever it runs on. */
public abstract class ApproximateInverseContract extends BackendUnderTest {
    /** \( A^\top W A + r I \) times a vector. */
    private double[] multiply(double[] z, int m, int n, double[] weights, double ridge, double[] v) {
        Matrix a = backend().upload(z, m, n);
        double[] scores = new double[m];
        backend().gemv(a, v, scores);
        Arrays.setAll(scores, i -> weights[i] == 0 ? 0 : weights[i] * scores[i]);
        double[] product = new double[n];
        backend().gemtv(a, scores, product);
        Arrays.setAll(product, j -> product[j] + ridge * v[j]);
        return product;
    }

    private static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 3", "40, 64", "90, 65", "700, 130", "300, 311", "9, 200"})
    void approximateInversesUndoTheMatrixToSomeDigits(int m, int n) {
        double[] z = normal(m * n, 36);
        double[] weights = normal(m, 37);
        // Whatever the units of rows and columns.
        for (int i = 0; i < m; i++) {
            weights[i] = i % 5 == 1 ? 0 : Math.abs(weights[i]) * 1e-3;
            for (int j = 0; j < n; j++) {
                z[i * n + j] *= Math.scalb(1.0, 10 * (j % 7 - 3));
            }
        }
        double[] ridges = {1e-4, 1e-2, 1e7};
        List<ApproximateInverse> inverses =
                backend().approximateInverses(backend().upload(z, m, n), weights, ridges);
        assertThat(inverses).hasSize(ridges.length);
        double[][] v = {normal(n, 38), normal(n, 39), new double[n]};
        for (int k = 0; k < ridges.length; k++) {
            double ridge = ridges[k];
            double[][] images = new double[v.length][];
            Arrays.setAll(images, c -> multiply(z, m, n, weights, ridge, v[c]));
            assertThat(inverses.get(k).bytes()).isPositive();
            inverses.get(k).apply(images, images);
            for (int c = 0; c < v.length; c++) {
                double[] back = images[c];
                double[] expected = v[c];
                double[] difference = new double[n];
                // Measured in the norm of the matrix, in which conjugate gradients see it.
                Arrays.setAll(difference, j -> back[j] - expected[j]);
                double error = dot(difference, multiply(z, m, n, weights, ridge, difference));
                double size = dot(expected, multiply(z, m, n, weights, ridge, expected));
                assertThat(error).as("ridge %s", ridge).isLessThanOrEqualTo(1e-6 * size);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void approximateInversesAreDefiniteWhereTheMatrixIsAlmostSingular() {
        int m = 50;
        int n = 140;
        double[] z = normal(m * n, 40);
        for (int i = 0; i < m; i++) {
            System.arraycopy(z, i * n, z, i * n + n / 2, n / 2);
        }
        double[] weights = new double[m];
        Arrays.fill(weights, 100);
        ApproximateInverse inverse = backend()
                .approximateInverses(backend().upload(z, m, n), weights, 1e-12)
                .get(0);
        for (int round = 0; round < 20; round++) {
            double[][] u = {normal(n, 41 + 2 * round)};
            double[][] v = {normal(n, 42 + 2 * round)};
            double[][] imageOfU = new double[1][n];
            double[][] imageOfV = new double[1][n];
            inverse.apply(u, imageOfU);
            inverse.apply(v, imageOfV);
            assertThat(dot(u[0], imageOfU[0])).isPositive().isFinite();
            assertThat(dot(u[0], imageOfV[0]))
                    .isCloseTo(dot(v[0], imageOfU[0]), within(1e-5 * norm(u[0]) * norm(imageOfV[0])));
        }
    }

    @Test
    void approximateInversesKeepSomeDigitsOfTheSmallestEigenvalues() {
        int m = 90;
        int n = 70;
        double[] z = normal(m * n, 84);
        // Columns one after the other nearer to the one before them.
        for (int j = 1; j < n; j++) {
            double share = StrictMath.pow(10, -0.06 * j);
            for (int i = 0; i < m; i++) {
                z[i * n + j] = z[i * n + j - 1] + share * z[i * n + j];
            }
        }
        double[] weights = new double[m];
        Arrays.fill(weights, 0.25);
        double[] ridges = {1e-3, 1e-8};
        List<ApproximateInverse> inverses =
                backend().approximateInverses(backend().upload(z, m, n), weights, ridges);
        for (int k = 0; k < ridges.length; k++) {
            double[] weak = normal(n, 85);
            // The image of a vector under the inverse is one of small curvature.
            inverses.get(k).apply(new double[][] {weak}, new double[][] {weak});
            double[] image = multiply(z, m, n, weights, ridges[k], weak);
            inverses.get(k).apply(new double[][] {image}, new double[][] {image});
            double[] difference = new double[n];
            Arrays.setAll(difference, j -> image[j] - weak[j]);
            double error = dot(difference, multiply(z, m, n, weights, ridges[k], difference));
            double size = dot(weak, multiply(z, m, n, weights, ridges[k], weak));
            assertThat(error).as("ridge %s", ridges[k]).isLessThanOrEqualTo(1e-6 * size);
        }
    }

    @Test
    void approximateInversesTakeRidgesOfAnySizeTogether() {
        int m = 4;
        int n = 3;
        // The last column is zero, so that only the ridge is on the diagonal.
        double[] z = {1, 2, 0, 3, 4, 0, -1, 1, 0, 2, -2, 0};
        double[] weights = {1, 1, 1, 1};
        double[] ridges = {1e-30, 1, 1e30};
        List<ApproximateInverse> inverses =
                backend().approximateInverses(backend().upload(z, m, n), weights, ridges);
        for (int k = 0; k < ridges.length; k++) {
            double[][] v = {{1, -2, 3}};
            double[][] image = {multiply(z, m, n, weights, ridges[k], v[0])};
            inverses.get(k).apply(image, image);
            for (int j = 0; j < n; j++) {
                assertThat(image[0][j]).as("ridge %s", ridges[k]).isCloseTo(v[0][j], within(1e-5));
            }
        }
    }

    @Test
    void approximateInversesNameWhatIsWrong() {
        Matrix a = backend().upload(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThatThrownBy(() -> backend().approximateInverses(a, new double[] {1, 1}, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a ridge must be positive, but is 0.0");
        assertThatThrownBy(() -> backend().approximateInverses(a, new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must have length 2, but has 3");
        Matrix infinite = backend().upload(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY, 6}, 2, 3);
        assertThatThrownBy(() -> backend().approximateInverses(infinite, new double[] {1, 1}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
        assertThat(backend().approximateInverses(backend().upload(new double[0], 0, 0), new double[0], 1))
                .hasSize(1);
    }
}
