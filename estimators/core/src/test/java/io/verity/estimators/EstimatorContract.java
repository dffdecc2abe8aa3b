package io.verity.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every estimator must do, whatever it estimates; the tests of an estimator extend this.
 *
 * @param <D> its data
 * @param <F> its result
 */
public abstract class EstimatorContract<D, F> {

    /**
     * One wrong input and the words its message must contain.
     *
     * @param what the input
     * @param attempt hands it to the estimator
     * @param words parts of the message: the argument's name, the place, the value found
     */
    public record BadInput(String what, Runnable attempt, String... words) {}

    /** @return valid data, the same at every call */
    protected abstract D data();

    /**
     * @param data from {@link #data()}
     * @param backend does the products
     * @return the result
     */
    protected abstract F fit(D data, DenseBackend backend);

    /**
     * @param fit a result
     * @return its numbers, in a fixed order
     */
    protected abstract double[] estimates(F fit);

    /**
     * @param fit a result
     * @return its table
     */
    protected abstract ResultTable table(F fit);

    /**
     * @param fit a result
     * @return how it came about
     */
    protected abstract Provenance provenance(F fit);

    /**
     * @param data the data
     * @return every number in them
     */
    protected abstract double[] contents(D data);

    /** @return wrong inputs of every kind the estimator refuses */
    protected abstract List<BadInput> badInputs();

    private double[] estimatesWith(String backendId, int threads) {
        try (DenseBackend backend = Backends.open(backendId, new BackendOptions(threads))) {
            return estimates(fit(data(), backend));
        }
    }

    @Test
    void sameDataAndConfigurationGiveTheSameBits() {
        assertThat(estimatesWith("java", 1)).containsExactly(estimatesWith("java", 1));
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() {
        double[] one = estimatesWith("java", 1);
        assertThat(estimatesWith("java", 2)).containsExactly(one);
        assertThat(estimatesWith("java", 7)).containsExactly(one);
    }

    @Test
    void plainAndVectorBackendGiveTheSameBits() {
        boolean present = Backends.candidates().stream()
                .anyMatch(c ->
                        c.id().equals("java-vector") && c.unavailableBecause().isEmpty());
        Assumptions.assumeTrue(present, "backend java-vector is not available");
        assertThat(estimatesWith("java-vector", 2)).containsExactly(estimatesWith("java", 1));
    }

    @Test
    void dataAreLeftAsTheyWere() {
        D data = data();
        double[] before = contents(data).clone();
        fit(data, Backends.shared());
        assertThat(Arrays.equals(contents(data), before)).isTrue();
    }

    @Test
    void resultPrintsAsACompactSummaryInAnyLocale() {
        F fit = fit(data(), Backends.shared());
        Locale previous = Locale.getDefault();
        String plain = fit.toString();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(fit.toString()).isEqualTo(plain);
        } finally {
            Locale.setDefault(previous);
        }
        assertThat(plain)
                .isNotBlank()
                .hasSizeLessThan(1200)
                .doesNotContain("[D@")
                .doesNotContain("Optional");
    }

    @Test
    void resultOffersATable() {
        ResultTable table = table(fit(data(), Backends.shared()));
        assertThat(table.columns()).isNotEmpty();
        assertThat(table.rows()).isNotEmpty();
    }

    @Test
    void provenanceNamesVersionAndBackend() {
        Provenance provenance = provenance(fit(data(), Backends.shared()));
        assertThat(provenance.version()).isEqualTo(Provenance.VERSION);
        assertThat(provenance.backend()).isEqualTo(Backends.shared().info().id());
    }

    @Test
    void badInputIsRefusedByNameAndPlace() {
        assertThat(badInputs()).isNotEmpty();
        for (BadInput bad : badInputs()) {
            Throwable thrown = catchThrowable(bad.attempt()::run);
            assertThat(thrown).as(bad.what()).isInstanceOf(IllegalArgumentException.class);
            assertThat(thrown.getMessage()).as(bad.what()).contains(bad.words()).doesNotContain("\n");
        }
    }
}
