package io.verity.stats.nativeblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.linalg.BackendInfo;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.BackendUnavailableException;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.DenseBackendContract;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Skipped where the system has no OpenBLAS, unless the environment variable VERITY_REQUIRE_NATIVE_BLAS is 1 (as in the continuous
 * integration).
 */
class NativeBlasBackendTest extends DenseBackendContract {
    private static final double EPS = Math.ulp(1.0);

    @Override
    protected String id() {
        return "native-blas";
    }

    private static DenseBackend openOrSkip(int threads) {
        Optional<String> reason = new NativeBlasBackendProvider().unavailableBecause();
        Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        return Backends.open("native-blas", new BackendOptions(threads));
    }

    @Test
    void isThereWhereTheBuildRequiresIt() {
        if ("1".equals(System.getenv("VERITY_REQUIRE_NATIVE_BLAS"))) {
            assertThat(new NativeBlasBackendProvider().unavailableBecause()).isEmpty();
        }
    }

    @Test
    void isNeverChosenByItself() {
        assertThat(new NativeBlasBackendProvider().priority()).isNegative();
        try (DenseBackend auto = Backends.open(Backends.AUTO, BackendOptions.singleThread())) {
            assertThat(auto.info().id()).startsWith("java");
        }
    }

    @Test
    void namedAndUnavailableIsAnErrorThatSaysWhatToDo() {
        Optional<String> reason = new NativeBlasBackendProvider().unavailableBecause();
        if (reason.isPresent()) {
            assertThat(reason.get()).contains("apt-get install libopenblas0-pthread");
            assertThatThrownBy(() -> Backends.open("native-blas", BackendOptions.singleThread()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining(reason.get());
        }
    }

    @Test
    void saysWhatItIsAndThatItsBitsAreItsOwn() {
        try (DenseBackend backend = openOrSkip(3)) {
            BackendInfo info = backend.info();
            assertThat(info.deterministic()).isFalse();
            assertThat(info.fp64()).isTrue();
            assertThat(info.library()).isNotBlank();
            // Surefire sets the variable: one thread in the library leaves the parallel work to us.
            if (info.library().startsWith("OpenBLAS") && "1".equals(System.getenv("OPENBLAS_NUM_THREADS"))) {
                assertThat(info.threads()).isEqualTo(3);
            }
        }
    }

    private static double[] entries(int length, long seed) {
        RandomStream random = RandomStream.of(seed, "native-blas", 0, 0);
        double[] x = new double[length];
        Arrays.setAll(x, i -> random.nextDouble() + 0.1);
        return x;
    }

    /** All entries are positive, so |A||B| is the product itself. */
    private static void assertSame(double[] actual, double[] expected, int inner) {
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]) / expected[i]);
        }
        assertThat(worst).isLessThan(4 * inner * EPS);
    }

    @Test
    void tiledProductsAgreeWithPlainJava() {
        int m = 700;
        int k = 90;
        int n = 1100;
        double[] a = entries(m * k, 1);
        double[] b = entries(k * n, 2);
        double[] wide = entries(k * n, 3);
        double[] weights = entries(k, 4);
        double[][] results = new double[3][];
        DenseBackend[] backends = {
            Backends.open("java", BackendOptions.singleThread()), openOrSkip(1), openOrSkip(2),
        };
        double[][] grams = new double[3][];
        double[][] plain = new double[3][];
        for (int i = 0; i < 3; i++) {
            DenseBackend backend = backends[i];
            results[i] = new double[m * n];
            backend.gemm(backend.upload(a, m, k), backend.upload(b, k, n), backend.upload(results[i], m, n));
            grams[i] = new double[n * n];
            backend.gram(backend.upload(wide, k, n), weights, backend.upload(grams[i], n, n));
            plain[i] = new double[n * n];
            backend.gram(backend.upload(wide, k, n), null, backend.upload(plain[i], n, n));
            backend.close();
        }
        for (int i = 1; i < 3; i++) {
            assertSame(results[i], results[0], k);
            assertSame(grams[i], grams[0], k);
            assertSame(plain[i], plain[0], k);
        }
    }

    @Test
    void weightedGramOfManyRowsAgreesWithPlainJava() {
        int m = 2500;
        int n = 30;
        double[] a = entries(m * n, 5);
        double[] weights = entries(m, 6);
        double[] ours = new double[n * n];
        double[] java = new double[n * n];
        try (DenseBackend backend = openOrSkip(2);
                DenseBackend plain = Backends.open("java", BackendOptions.singleThread())) {
            backend.gram(backend.upload(a, m, n), weights, backend.upload(ours, n, n));
            plain.gram(plain.upload(a, m, n), weights, plain.upload(java, n, n));
        }
        assertSame(ours, java, m);
        assertThat(ours[1]).isCloseTo(ours[n], within(0.0));
    }

    @Test
    void matricesOfAnotherBackendAreRefused() {
        try (DenseBackend backend = openOrSkip(1);
                DenseBackend plain = Backends.open("java", BackendOptions.singleThread())) {
            assertThatThrownBy(() -> backend.gemv(plain.upload(new double[1], 1, 1), new double[1], new double[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a was uploaded to another backend");
        }
    }
}
