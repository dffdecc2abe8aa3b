package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means and standard errors: learning_curves.json, numpy and scikit-learn 1.2.1 (multinomial, C = 1), 60 and 30 splits. */
class RealSetTest {
    @ParameterizedTest(name = "{0} with {1} rows")
    @CsvSource({
        "wine, 9, 0.1093, 0.0068, 0.1848, 0.0129",
        "wine, 30, 0.0494, 0.0027, 0.0557, 0.0041",
        "wine, 100, 0.0462, 0.0024, 0.0278, 0.0024",
        "breast cancer, 10, 0.0929, 0.0038, 0.1104, 0.0063",
        "breast cancer, 50, 0.0659, 0.0014, 0.0550, 0.0021",
        "breast cancer, 400, 0.0601, 0.0022, 0.0298, 0.0017"
    })
    void errorsAreThoseOfTheReference(String name, int m, double nb, double nbError, double lr, double lrError) {
        RealSet set = name.equals("wine") ? RealSet.wine() : RealSet.breastCancer();
        double[][] errors = LongStream.range(0, 100)
                .parallel()
                .mapToObj(r -> set.errors(m, RandomStream.of(7, name, m, r), Backends.shared()))
                .toArray(double[][]::new);
        close(errors, 0, nb, nbError);
        close(errors, 1, lr, lrError);
    }

    private static void close(double[][] errors, int model, double mean, double error) {
        Moments moments = new Moments();
        for (double[] pair : errors) {
            moments.add(pair[model]);
        }
        assertThat(Math.abs(moments.mean() - mean))
                .as("%s against %s", moments.mean(), mean)
                .isLessThanOrEqualTo(4 * Math.hypot(error, MonteCarlo.errorOfMean(moments)) + .001);
    }
}
