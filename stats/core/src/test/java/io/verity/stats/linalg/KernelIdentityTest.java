package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The vector kernels repeat the plain ones bit for bit, at every length, offset and special value. */
@EnabledIf(value = "vectorModulePresent", disabledReason = "the JVM was started without jdk.incubator.vector")
class KernelIdentityTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        745.13,
        -745.13,
        745.14,
        -745.14,
        708.4,
        -708.4,
        709.78,
        709.79,
        36.7,
        -36.7,
        1e-300,
        0.5,
        -0.5,
        0.6931471805599453,
        -0.6931471805599453,
        18,
        1e16,
        -1e16,
        746,
        -746,
        747,
        -747,
        1e308,
        -1e308
    };

    private final DenseKernels plain = new PlainKernels();
    private DenseKernels vector = plain;

    static boolean vectorModulePresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @BeforeEach
    void load() {
        vector = JavaVectorBackendProvider.loadKernels();
    }

    private static void assertSameBits(double[] actual, double[] expected) {
        // doubleToLongBits: all NaN are the same, which NaN an operation gives is not specified.
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(actual[i]) != Double.doubleToLongBits(expected[i])) {
                assertThat(actual[i]).as("entry %d of %d", i, expected.length).isEqualTo(expected[i]);
            }
        }
    }

    private static double[] normal(int length, Random random) {
        double[] x = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }

    @Test
    void rowProductsAndSums() {
        Random random = new Random(1);
        for (int round = 0; round < 600; round++) {
            int rows = random.nextInt(21);
            int columns = random.nextInt(round % 3 == 0 ? 200 : 40);
            int offset = random.nextInt(5);
            double[] a = normal(rows * columns + offset, random);
            double[] x = normal(columns + 3, random);
            double[] y = new double[rows + 1];
            double[] y2 = y.clone();
            plain.dotRows(a, offset, rows, columns, x, 3, y, 1);
            vector.dotRows(a, offset, rows, columns, x, 3, y2, 1);
            assertSameBits(y2, y);
            double[] w = normal(rows + 2, random);
            double[] g = normal(columns + 1, random);
            double[] g2 = g.clone();
            plain.addRows(a, offset, rows, columns, w, 2, g, 1);
            vector.addRows(a, offset, rows, columns, w, 2, g2, 1);
            assertSameBits(g2, g);
        }
    }

    @Test
    void products() {
        Random random = new Random(2);
        for (int round = 0; round < 600; round++) {
            int rows = random.nextInt(14);
            int inner = random.nextInt(30);
            int columns = random.nextInt(75);
            double[] a = normal(rows * inner + 2, random);
            double[] b = normal(inner * columns + 3, random);
            double[] c = normal(rows * columns + 1, random);
            double[] c2 = c.clone();
            boolean transposed = random.nextBoolean();
            int aRow = transposed ? 1 : inner;
            int aInner = transposed ? rows : 1;
            plain.addProduct(a, 2, aRow, aInner, b, 3, columns, c, 1, columns, rows, inner, columns);
            vector.addProduct(a, 2, aRow, aInner, b, 3, columns, c2, 1, columns, rows, inner, columns);
            assertSameBits(c2, c);
        }
    }

    @Test
    void singlePrecision() {
        Random random = new Random(5);
        int tile = DenseKernels.SINGLE_TILE;
        int block = DenseKernels.SINGLE_GROUP * DenseKernels.SINGLE_PIECE;
        for (int round = 0; round < 100; round++) {
            int inner = random.nextInt(80);
            float[] a = normalFloats(inner * tile + 3, random);
            float[] b = normalFloats(inner * tile + 1, random);
            float[] c = normalFloats(tile * tile + 2, random);
            float[] c2 = c.clone();
            plain.addTile(a, 3, b, 1, c, 2, inner);
            vector.addTile(a, 3, b, 1, c2, 2, inner);
            assertThat(c2).isEqualTo(c);
            int pieces = random.nextInt(20);
            int length = pieces * DenseKernels.SINGLE_PIECE;
            float[] u = normalFloats(pieces * block + 1, random);
            float[] x = normalFloats(length + 2, random);
            float[] z = normalFloats(length + 3, random);
            float[] z2 = z.clone();
            plain.addSquare(u, 1, pieces, x, 2, z, 3);
            vector.addSquare(u, 1, pieces, x, 2, z2, 3);
            assertThat(z2).isEqualTo(z);
        }
    }

    private static float[] normalFloats(int length, Random random) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private double[] margins(Random random, int length) {
        double[] u = new double[length];
        for (int i = 0; i < length; i++) {
            u[i] = i % 7 == 3
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : random.nextGaussian() * Math.scalb(1.0, random.nextInt(14) - 6);
        }
        return u;
    }

    @Test
    void elementwiseFunctions() {
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            int length = random.nextInt(70);
            int from = length == 0 ? 0 : random.nextInt(Math.min(length, 4));
            double scale = round % 2 == 0 ? 1.0 : Math.scalb(random.nextDouble(), random.nextInt(20) - 10);
            double[] u = margins(random, length);
            double[] s = new double[length];
            double[] s2 = new double[length];
            plain.sigmoidNegative(scale, u, s, from, length);
            vector.sigmoidNegative(scale, u, s2, from, length);
            assertSameBits(s2, s);
            plain.logSigmoidNegative(scale, u, s, from, length);
            vector.logSigmoidNegative(scale, u, s2, from, length);
            assertSameBits(s2, s);
            plain.exp(u, s, from, length);
            vector.exp(u, s2, from, length);
            assertSameBits(s2, s);
            double loss = plain.weightsAndLossSum(scale, u, s, from, length);
            assertSameBits(new double[] {vector.weightsAndLossSum(scale, u, s2, from, length)}, new double[] {loss});
            assertSameBits(s2, s);
            assertSameBits(new double[] {vector.lossSum(scale, u, from, length)}, new double[] {loss});
            assertSameBits(new double[] {vector.sum(u, from, length)}, new double[] {plain.sum(u, from, length)});
            assertThat(vector.countNonPositive(u)).isEqualTo(plain.countNonPositive(u));
        }
    }

    @Test
    void weightsOfManyColumns() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            int rows = random.nextInt(6);
            int k = random.nextInt(40);
            double[] scales = normal(k, random);
            double[] u = margins(random, rows * k + 1);
            double[] s = new double[rows * k + 2];
            double[] s2 = new double[rows * k + 2];
            plain.sigmoidNegativeRows(scales, u, 1, s, 2, rows);
            vector.sigmoidNegativeRows(scales, u, 1, s2, 2, rows);
            assertSameBits(s2, s);
        }
    }
}
