package io.verity.estimators.procedures.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.probe.AccuracyStructure;
import io.verity.estimators.procedures.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code probe accuracy}. */
class ProbeAccuracyTest {
    private static final int ROWS = 200;

    @TempDir
    private static Path folder;

    private static double state(int i, int j) {
        return (j == 0 ? 1.5 * (i % 2) : 0) + StrictMath.sin(7.1 * i + 3.3 * j + 0.01 * i * i);
    }

    private static Path table(boolean labels) throws IOException {
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 3; j++) {
                text.append(state(i, j)).append(',');
            }
            text.append(labels ? i % 2 : 0).append('\n');
        }
        return Files.writeString(folder.resolve(labels ? "two.csv" : "one.csv"), text);
    }

    private static Outcome small(Path data) {
        return ProbeProceduresTest.run(
                new ProbeAccuracy(),
                "data",
                data,
                "label",
                "y",
                "subsamples",
                2,
                "grid",
                "1,0.01",
                "fractions",
                "0.2,0.5,1");
    }

    @Test
    void numbersAreThoseOfTheClassAndStandUnderTheirKeys() throws IOException {
        Outcome outcome = small(table(true));
        DMatrixRMaj x = new DMatrixRMaj(ROWS, 3);
        int[] y = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            y[i] = i % 2;
            for (int j = 0; j < 3; j++) {
                x.set(i, j, state(i, j));
            }
        }
        AccuracyStructure.Result expected = AccuracyStructure.withDefaults()
                .withC(0.01, 1)
                .withFractions(0.2, 0.5, 1)
                .withSubsamples(2)
                .assess(x, y);
        Map<String, ?> result = outcome.result();
        assertThat((double[]) result.get("gridC")).containsExactly(0.01, 1);
        assertThat((double[]) result.get("fractions")).containsExactly(0.2, 0.5, 1);
        assertThat((double[]) ((List<?>) result.get("trueAccuracy")).get(1))
                .containsExactly(expected.trueAccuracy()[1]);
        assertThat((double[]) ((List<?>) result.get("predictedAccuracy")).get(0))
                .containsExactly(expected.predictedAccuracy()[0]);
        assertThat((List<?>) result.get("spearman")).hasSize(2);
        assertThat(result).containsKey("medianSpearman");
        assertThat(outcome.summary())
                .contains("200 rows", "median rank correlation")
                .doesNotContain("validation");
        assertThat(outcome.data()).doesNotContainKey("validation");
        assertThat(outcome.figures()).hasSize(1);
        assertThat(outcome.tables().get(0).rows()).hasSize(6);
    }

    @Test
    void hopelessRequestsAreRefused() throws IOException {
        Path data = table(true);
        assertThatThrownBy(() ->
                        ProbeProceduresTest.run(new ProbeAccuracy(), "data", data, "label", "y", "fractions", "0.5"))
                .hasMessageContaining("fractions");
        assertThatThrownBy(() -> ProbeProceduresTest.run(
                        new ProbeAccuracy(), "data", data, "label", "y", "fractions", "0.5,1.5"))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() ->
                        ProbeProceduresTest.run(new ProbeAccuracy(), "data", data, "label", "y", "fractions", "0.01,1"))
                .hasMessageContaining("the fraction 0.01 of the training rows is 2 rows, 1 of the rarer class");
        Path one = table(false);
        assertThatThrownBy(() -> small(one)).hasMessageContaining("one class");
    }
}
