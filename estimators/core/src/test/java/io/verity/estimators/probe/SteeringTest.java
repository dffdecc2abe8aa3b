package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final int[] Y = RaptorTest.labels(200);
    private static final DMatrixRMaj X = RaptorTest.states(31, Y, 10);
    private static final LinearProbe PROBE =
            Directions.ridge(Raptor.withDefaults(), 1).find(X, Y, Split.stratified(Y, 42));

    @Test
    void everyTargetIsReachedExactly() {
        Steering exact = Steering.along(PROBE).with(MinimalEdit.EXACT);
        for (double target : new double[] {1e-6, 0.0001, 0.3, 0.5, 0.99, 0.9999}) {
            for (int i = 0; i < X.numRows; i += 17) {
                double[] moved = exact.steer(Rows.row(X, i), target);
                assertThat(PROBE.probability(moved)).isCloseTo(target, within(1e-12));
            }
        }
    }

    @Test
    void oneSidedLeavesRowsPastTheTargetAlone() {
        Steering steering = Steering.along(PROBE);
        for (int i = 0; i < X.numRows; i++) {
            double[] state = Rows.row(X, i);
            double before = PROBE.probability(state);
            assertThat(steering.alpha(state, 0.9) == 0).isEqualTo(before >= 0.9);
            assertThat(steering.alpha(state, 0.1) == 0).isEqualTo(before <= 0.1);
        }
    }

    @Test
    void atOneHalfNoSideIsTheWrongOneAndEveryRowMoves() {
        Steering steering = Steering.along(PROBE);
        Steering exact = steering.with(MinimalEdit.EXACT);
        for (int i = 0; i < X.numRows; i++) {
            double[] state = Rows.row(X, i);
            assertThat(steering.alpha(state, 0.5)).isNotZero().isEqualTo(exact.alpha(state, 0.5));
            assertThat(PROBE.probability(steering.steer(state, 0.5))).isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void entriesOfStatesThatAreNoNumbersAreNamed() {
        Steering steering = Steering.along(PROBE);
        double[] state = Rows.row(X, 3);
        state[4] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> steering.steer(state, 0.9))
                .withMessageContaining("state")
                .withMessageContaining("position 5 (NaN)");
        DMatrixRMaj states = X.copy();
        states.set(3, 4, Double.POSITIVE_INFINITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> steering.alphas(states, 0.9))
                .withMessageContaining("row 4, column 5");
    }

    @Test
    void noOtherDirectionReachesTheTargetSooner() {
        double[] state = Rows.row(X, 0);
        double shortest = Math.abs(Steering.along(PROBE).with(MinimalEdit.EXACT).alpha(state, 0.99));
        double[] w = PROBE.weights();
        RandomStream stream = RandomStream.of(1, "directions", 0, 0);
        for (int k = 0; k < 1000; k++) {
            double[] u = new double[w.length];
            for (int j = 0; j < u.length; j++) {
                u[j] = stream.nextGaussian();
            }
            double norm = Rows.norm(u);
            double needed = Math.abs((Steering.logit(0.99) - PROBE.score(state)) * norm / Rows.dot(w, u));
            assertThat(needed).isGreaterThan(shortest);
        }
    }

    @Test
    void covarianceAwareStepsReachTheTargetAlongTheDataAndAreLonger() {
        Steering plain = Steering.along(PROBE).with(MinimalEdit.EXACT);
        Steering aware = plain.withCovariance(X, Y, Rows.all(200));
        double[] state = Rows.row(X, 3);
        double[] moved = aware.steer(state, 0.99);
        assertThat(PROBE.probability(moved)).isCloseTo(0.99, within(1e-12));
        assertThat(Math.abs(aware.alpha(state, 0.99))).isGreaterThan(Math.abs(plain.alpha(state, 0.99)));
        // d = c S w / (w'Sw), S by definition
        Means means = Means.of(X, Y, Rows.all(200));
        DMatrixRMaj r = means.residuals(X, Y, Rows.all(200));
        double[] w = PROBE.weights();
        double[] sw = Products.transposedTimes(r, Products.times(r, w));
        double c = Steering.logit(0.99) - PROBE.score(state);
        for (int j = 0; j < w.length; j++) {
            assertThat(moved[j] - state[j]).isCloseTo(c * sw[j] / Rows.dot(w, sw), within(1e-12));
        }
    }

    @Test
    void successIsATautologyForTheProbeThatSteersAndNotForAnother() {
        SteeringTrial trial = SteeringTrial.of(
                Directions.ridge(Raptor.withDefaults(), 10),
                X,
                Y,
                Split.stratified(Y, 42),
                MinimalEdit.ONE_SIDED,
                0.99,
                1);
        assertThat(trial.success()).isEqualTo(1);
        assertThat(trial.crossSuccess()).isGreaterThan(trial.crossBefore()).isLessThan(1);
        assertThat(trial.curveStrength()[0]).isZero();
        assertThat(trial.curveSuccess()[0]).isEqualTo(trial.successBefore());
        assertThat(trial.curveSuccess()).isSorted();
        assertThat(trial.curveSuccess()[40]).isEqualTo(1);
        assertThat(trial.cosine()).isBetween(0.3, 0.9999);
        assertThat(trial.rows()).isEqualTo(40);
    }

    @Test
    void gcsAveragesItsBaseProbes() {
        Split split = Split.stratified(Y, 42);
        Gcs gcs = Gcs.withDefaults()
                .withProbes(40)
                .withSamples(50)
                .with(Raptor.withDefaults().withThreads(1));
        Gcs.Result fit = gcs.fit(X, Y, split);
        Gcs.Result threads = gcs.with(Raptor.withDefaults().withThreads(3)).fit(X, Y, split);
        assertThat(threads.meanProbe().weights())
                .containsExactly(fit.meanProbe().weights());
        assertThat(fit.deviations()).hasSize(11);
        assertThat(fit.meanAccuracy()).isBetween(0.6, 1.0);
        assertThat(fit.sampledAccuracy()).isBetween(0.5, 1.0).isNotEqualTo(fit.meanAccuracy());
    }

    @Test
    void theBestThresholdMakesFewestMistakes() {
        assertThat(Thresholds.best(new double[] {-3, -2, -1, 4}, new int[] {0, 1, 1, 1}))
                .isBetween(-3.0, -2.0);
        assertThat(Thresholds.best(new double[] {-1, 1}, new int[] {0, 1})).isZero();
        assertThat(Thresholds.best(new double[] {1, 2}, new int[] {1, 1})).isZero();
        assertThat(Thresholds.best(new double[] {1, 2}, new int[] {0, 0})).isEqualTo(2);
    }

    @Test
    void areaUnderCurveCountsTiesHalf() {
        assertThat(Classification.areaUnderCurve(new double[] {1, 2, 2, 3}, new int[] {0, 0, 1, 1}))
                .isEqualTo(0.875);
        assertThat(Classification.areaUnderCurve(new double[] {1, 2}, new int[] {1, 1}))
                .isNaN();
    }
}
