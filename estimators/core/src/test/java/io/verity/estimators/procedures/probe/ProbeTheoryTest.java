package io.verity.estimators.procedures.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.EstimationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeTheoryTest {
    private static Outcome run(String... namesAndValues) {
        return Commands.run(new ProbeTheory(), namesAndValues);
    }

    private static double number(Outcome outcome, String key) {
        return (double) outcome.result().get(key);
    }

    @Test
    void theCommandIsFoundByItsWords() {
        assertThat(Procedure.all()).anyMatch(p -> p.command().equals(List.of("probe", "theory")));
    }

    @Test
    void promisedKeysHoldThePredictions() {
        Outcome outcome = run("kappa", "2", "n-over-p", "2", "lambda-mean", "0.1", "overlap", "0.5");
        assertThat(outcome.result())
                .containsKeys(
                        "mu",
                        "sigma",
                        "gamma",
                        "cosine",
                        "accuracy",
                        "bayesAccuracy",
                        "testLogLoss",
                        "trainLogLoss",
                        "norm",
                        "disjointCosine",
                        "overlapCosine");
        assertThat(number(outcome, "mu")).isCloseTo(0.9270145331010106, within(1e-9));
        assertThat(number(outcome, "accuracy")).isCloseTo(0.6745236854894001, within(1e-9));
        assertThat(number(outcome, "overlapCosine")).isCloseTo(0.7114033797876352, within(1e-9));
        assertThat(number(outcome, "mleThreshold")).isCloseTo(2.89914, within(5e-6));
        assertThat(outcome.result().get("mleExists")).isEqualTo(false);
        assertThat(outcome.summary()).contains("n/p 2.0").doesNotContain("p/n");
        assertThat(outcome.tables().get(0).rows()).hasSize(33);
    }

    @Test
    void figureMarksTheChosenAndTheBestPenaltyInEveryPanel() {
        Outcome outcome = run("kappa", "2", "n-over-p", "2", "lambda-mean", "100");
        assertThat(outcome.figures().get(0).layers().stream()
                        .filter(l -> l.series().equals("chosen penalty"))
                        .map(l -> l.panel()))
                .contains("accuracy", "cosine", "norm");
        assertThat(outcome.figures().get(0).layers()).anyMatch(l -> l.series().equals("best penalty"));
        double[] lambdas = outcome.figures().get(0).layers().get(0).x();
        assertThat(lambdas[lambdas.length - 1]).isCloseTo(100, within(1e-9));
    }

    @Test
    void gridOfPenaltiesBecomesATableAndColumns() {
        Outcome outcome = run("kappa", "1", "n-over-p", "3", "lambda-mean", "0", "lambda-grid", "0.001:10:5");
        assertThat(outcome.tables().get(0).rows()).hasSize(5);
        assertThat(((double[]) ((Map<?, ?>) outcome.result().get("grid")).get("lambdaMean")))
                .containsExactly(new double[] {0.001, 0.01, 0.1, 1, 10}, within(1e-12));
    }

    @Test
    void noSignalHasNoBestPenalty() {
        Outcome outcome = run("kappa", "0", "n-over-p", "1", "lambda-mean", "0.1");
        assertThat(outcome.result().get("best")).isNull();
        assertThat(outcome.notes()).containsKey("best");
        assertThat(number(outcome, "cosine")).isZero();
        assertThat(number(outcome, "accuracy")).isCloseTo(0.5, within(1e-14));
    }

    @Test
    void hopelessAndWrongOptionsAreSaidInOneSentence() {
        assertThatThrownBy(() -> run("kappa", "2", "n-over-p", "2", "lambda-mean", "0"))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("no finite limit: n/p=2.0 <= 2.899 for kappa=2");
        assertThatThrownBy(() -> run("kappa", "2", "n-over-p", "0", "lambda-mean", "0.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n/p must be a positive finite number, but is 0.0");
        assertThatThrownBy(() -> run("kappa", "2", "n-over-p", "2", "lambda-mean", "0.1", "overlap", "1.2"))
                .hasMessage("option --overlap must be in [0, 1], but is 1.2");
        assertThatThrownBy(() -> run("kappa", "2", "n-over-p", "2", "lambda-mean", "0.1", "lambda-grid", "1:0.1:5"))
                .hasMessageContaining("must run upwards between positive penalties, but is '1:0.1:5'");
        assertThatThrownBy(() -> run("kappa", "2", "n-over-p", "2", "lambda-mean", "0.1", "lambda-grid", "1:x:5"))
                .hasMessage("option --lambda-grid: 'x' in '1:x:5' is not a number");
    }
}
