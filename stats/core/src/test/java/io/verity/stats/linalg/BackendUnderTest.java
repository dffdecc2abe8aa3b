package io.verity.stats.linalg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens the backend that a subclass names; where it is unavailable the tests are skipped with the reason. */
@SuppressWarnings("NullAway.Init")
public abstract class BackendUnderTest {
    private DenseBackend backend;

    final DenseBackend backend() {
        return backend;
    }

    /** @return id of the backend under test */
    protected abstract String id();

    /**
     * @param options number of threads
     * @return the backend under test
     */
    protected DenseBackend open(BackendOptions options) {
        return Backends.open(id(), options);
    }

    @BeforeEach
    void openOrSkip() {
        Backends.candidates().stream()
                .filter(c -> c.id().equals(id()))
                .findFirst()
                .flatMap(Backends.Candidate::unavailableBecause)
                .ifPresent(reason -> assumeTrue(false, id() + " is unavailable: " + reason));
        backend = open(new BackendOptions(2));
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
        }
    }

    static double[] normal(int length, long seed) {
        Random random = new Random(seed);
        double[] x = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }
}
