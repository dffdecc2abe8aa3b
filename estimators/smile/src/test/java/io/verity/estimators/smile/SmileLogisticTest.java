package io.verity.estimators.smile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.stats.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmileLogisticTest {
    @ParameterizedTest
    @CsvSource({"60,3,0.1", "60,3,1", "60,3,100", "200,8,2", "30,50,5"})
    void ourFitsAreSmilesToItsTolerance(int n, int p, double lambda) {
        RandomStream random = RandomStream.of(4, "smile", n, p);
        double[][] x = new double[n][p];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                x[i][j] = random.nextGaussian() + 0.5;
            }
            y[i] = x[i][0] - x[i][1] + random.nextGaussian() > 0.8 ? 1 : 0;
        }
        SmileLogistic.Fit smile = SmileLogistic.fit(x, y, Penalty.sum(lambda));
        RidgeFit ours = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(lambda));
        assertThat(smile.weights()).containsExactly(ours.weights(), within(1e-4));
        assertThat(smile.intercept()).isCloseTo(ours.intercept(), within(1e-4));
        assertThat(-smile.logLikelihood()).isCloseTo(ours.objective(), within(1e-8 * ours.objective()));
        // ours is the minimum
        assertThat(ours.objective()).isLessThanOrEqualTo(-smile.logLikelihood() + 1e-10);
    }

    @Test
    void theInterceptIsNotPenalised() {
        double[][] x = {{1, 10}, {2, 11}, {3, 9}, {4, 12}, {5, 10}, {6, 8}, {2.5, 10}, {3.5, 9}};
        int[] y = {1, 1, 1, 1, 1, 1, 1, 0};
        SmileLogistic.Fit fit = SmileLogistic.fit(x, y, Penalty.sum(1e7));
        // with the weights pressed to zero, the logit of the share of ones remains
        assertThat(fit.intercept()).isCloseTo(StrictMath.log(7), within(1e-3));
    }

    @Test
    void rowsMustMatch() {
        assertThatThrownBy(() -> SmileLogistic.fit(new double[][] {{1}}, new int[] {0, 1}, Penalty.sum(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("X has 1 rows but y has 2 labels");
    }
}
