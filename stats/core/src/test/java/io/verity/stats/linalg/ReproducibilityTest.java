package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deterministic backends give the same bits as each other and for every number of threads. */
class ReproducibilityTest {
    private static List<DenseBackend> backends() {
        List<DenseBackend> all = new ArrayList<>();
        for (int threads : new int[] {1, 2, 7}) {
            all.add(new CpuBackend("java", new PlainKernels(), new BackendOptions(threads)));
            if (KernelIdentityTest.vectorModulePresent()) {
                all.add(new CpuBackend(
                        "java-vector", JavaVectorBackendProvider.loadKernels(), new BackendOptions(threads)));
            }
        }
        return all;
    }

    /** Every operation once; all outputs in one list. */
    private static List<double[]> everything(DenseBackend b, int n, int d) {
        double[] z = DenseBackendContract.normal(n * d, 1);
        double[] theta = DenseBackendContract.normal(d, 2);
        double[] w = DenseBackendContract.normal(n, 3);
        double[] signs = DenseBackendContract.normal(n, 4);
        for (int i = 0; i < n; i++) {
            signs[i] = Math.signum(signs[i]);
        }
        Matrix a = b.upload(z, n, d);
        double[] y = new double[n];
        b.gemv(a, theta, y);
        double[] t = new double[d];
        b.gemtv(a, w, t);
        double[] gram = new double[d * d];
        b.gram(a, w, b.upload(gram, d, d));
        double[] gradient = new double[d];
        double loss = b.logisticLossGradient(a, signs, theta, gradient);
        double[] right = DenseBackendContract.normal(d * 37, 5);
        double[] product = new double[n * 37];
        b.gemm(a, b.upload(right, d, 37), b.upload(product, n, 37));
        LogisticKernel kernel = b.logisticKernel(a);
        double[] u = new double[n];
        double[] s = new double[n];
        double[] g = new double[d];
        kernel.pass(theta, 3.0, u, s, g);
        double[] scales = DenseBackendContract.normal(33, 6);
        double[] batchMargins = new double[n * 33];
        double[] batchSums = new double[d * 33];
        kernel.passBatch(DenseBackendContract.normal(d * 33, 7), scales, batchMargins, batchSums);
        double[] near = new double[d];
        double[] weights = new double[n];
        Arrays.setAll(weights, i -> Math.max(0, w[i]));
        b.approximateInverses(a, weights, 0.5, 2).get(1).apply(new double[][] {theta}, new double[][] {near});
        double[] sums = {loss, b.functions().lossSum(1.0, u), b.functions().sum(u)};
        return List.of(y, t, gram, gradient, product, u, s, g, batchMargins, batchSums, near, sums);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "200, 20", "1500, 130", "4500, 33", "2100, 64", "600, 257"})
    void bitsDependOnNeitherThreadsNorVectors(int n, int d) {
        List<DenseBackend> backends = backends();
        List<double[]> expected = everything(backends.get(0), n, d);
        for (DenseBackend b : backends) {
            List<double[]> actual = everything(b, n, d);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i))
                        .as(
                                "%s with %d threads, output %d",
                                b.info().id(), b.info().threads(), i)
                        .isEqualTo(expected.get(i));
            }
            b.close();
        }
    }

    @Test
    void skippingRowsOfZeroWeightChangesNothing() {
        int n = 1100;
        int d = 70;
        double[] z = DenseBackendContract.normal(n * d, 8);
        double[] w = DenseBackendContract.normal(n, 9);
        for (int i = 0; i < n; i++) {
            w[i] = i % 97 < 60 || i % 13 == 0 ? 0 : w[i];
        }
        for (DenseBackend b : backends()) {
            Matrix a = b.upload(z, n, d);
            double[] skipped = new double[d];
            b.logisticKernel(a).combine(w, skipped);
            double[] complete = new double[d];
            b.gemtv(a, w, complete);
            assertThat(skipped).isEqualTo(complete);
            b.close();
        }
    }

    @Test
    void bitsSurviveCompilation() {
        List<DenseBackend> backends = backends();
        List<double[]> first = everything(backends.get(0), 300, 70);
        for (int round = 0; round < 200; round++) {
            List<double[]> again = everything(backends.get(round % backends.size()), 300, 70);
            for (int i = 0; i < first.size(); i++) {
                assertThat(again.get(i)).isEqualTo(first.get(i));
            }
        }
        backends.forEach(DenseBackend::close);
    }
}
