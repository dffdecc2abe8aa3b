package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.stats.linalg.Backends;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Columns whose scales run from 1e-8 to 1e9. The references are minima found by Newton's method on the active set in 60 digits
 * (mpmath 1.2.1).
 */
class SquaredHingeTest {
    private static LinearProbe fit(String file) throws URISyntaxException {
        DataTable table = DataReader.withDefaults()
                .read(Path.of(SquaredHingeTest.class.getResource(file).toURI()));
        DMatrixRMaj x = new DMatrixRMaj(table.matrix(table.numericColumns(Set.of("y"))));
        int[] y = Arrays.stream(table.numbers("y")).mapToInt(v -> (int) v).toArray();
        return Baselines.squaredHinge(x, y, Rows.all(y.length), 1, Backends.shared());
    }

    /** Near in the length of the weights, and in what every column gives to a score. */
    private static void assertIs(LinearProbe probe, double intercept, double... weights) {
        double[] difference = probe.weights();
        for (int j = 0; j < weights.length; j++) {
            difference[j] -= weights[j];
            double scale = Math.pow(10, -8 + 17.0 * j / (weights.length - 1));
            assertThat(scale * difference[j]).as("column %d", j + 1).isCloseTo(0, within(1e-8));
        }
        assertThat(Rows.norm(difference)).isLessThan(1e-8 * Rows.norm(weights));
        assertThat(probe.intercept()).isCloseTo(intercept, within(1e-8));
    }

    @Test
    void rawColumnsOfAnyScaleHaveTheMinimum() throws URISyntaxException {
        assertIs(
                fit("squared_hinge_tall.csv"),
                0.17424136064089287,
                -1.0262538215887728e-7,
                -0.00023661142824597668,
                2.3170870468466026,
                0.00087414049443560171,
                -5.3500489591273186e-7,
                -2.2279221019097273e-10);
    }

    @Test
    void moreColumnsThanRowsOfAnyScaleHaveTheMinimum() throws URISyntaxException {
        assertIs(
                fit("squared_hinge_wide.csv"),
                -3.6867188083855683,
                3.8046002390714212e-17,
                4.0091897024581701e-15,
                -4.9548680964264772e-14,
                -9.2737336069515462e-13,
                -1.5287644555836963e-12,
                1.2742376704236652e-12,
                2.3588790835433649e-9,
                7.9647409694420753e-9,
                -1.9278038501707918e-8,
                1.6736916989600264e-6,
                5.2010571103865474e-6,
                0.00017948948778858388,
                -0.0004475448910782442,
                2.0257008096948409e-5,
                9.7957071015610031e-7,
                1.0223955188837015e-6,
                -5.1848835559868834e-8,
                1.0973208929209492e-9);
    }
}
