package io.verity.estimators.procedures.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on files, as a command line calls it. */
class NbVsLrCurveTest {
    private static final String WINE = "../../examples/data/wine.csv";

    @TempDir
    Path folder;

    private static Outcome run(String file, String label, String... more) {
        NbVsLrCurve procedure = new NbVsLrCurve();
        return procedure.run(Commands.onRows(procedure, file, label, more).withSeed(5));
    }

    @Test
    void wineHasTwoRegimes() {
        Outcome outcome = run(WINE, "label", "sizes", "9,15,30,60,100", "repeats", "80");
        assertThat(outcome.result()).containsEntry("regimes", "FIRST_THEN_SECOND");
        Map<?, ?> crossing = (Map<?, ?>) outcome.result().get("crossing");
        // the reference curves cross between 30 (.049 against .056) and 60 (.043 against .032)
        assertThat((double) crossing.get("m")).isBetween(25.0, 60.0);
        assertThat((double) crossing.get("lower")).isLessThan((double) crossing.get("m"));
        assertThat((double) crossing.get("upper")).isGreaterThan((double) crossing.get("m"));
        assertThat((List<?>) outcome.result().get("points")).hasSize(10);
        assertThat(outcome.result().get("advice").toString())
                .contains("rows use naive-bayes:")
                .contains("rows use logistic:");
        assertThat(outcome.summary()).contains("cross at about");
        assertThat(outcome.figures()).hasSize(1);
        assertThat(outcome.tables()).hasSize(2);
    }

    @Test
    void labelsMayBeTextAndOneModelIsEnough() throws IOException {
        List<String> lines = new ArrayList<>(List.of("kind,a,b"));
        for (int i = 0; i < 40; i++) {
            lines.add((i % 2 == 0 ? "cat" : "dog") + "," + (i % 2 * 3 + i % 5) + "," + i % 7);
        }
        String file = Files.write(folder.resolve("d.csv"), lines).toString();
        Outcome outcome = run(file, "kind", "models", "naive-bayes-per-class", "repeats", "4");
        assertThat(outcome.data().get("classes")).isEqualTo(List.of("cat", "dog"));
        assertThat(outcome.result()).containsEntry("crossing", null).containsEntry("advice", null);
        assertThat((double[]) outcome.result().get("sizes")).containsExactly(10, 20, 28);
        Outcome single = run(file, "kind", "single-vector", "true", "repeats", "4", "scaling", "standardize");
        assertThat(single.result().get("models")).isEqualTo(List.of("naive-bayes", "logistic"));
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> run(WINE, "label", "models", "naive-bays"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("naive-bays")
                .hasMessageContaining("naive-bayes");
        assertThatThrownBy(() -> run(WINE, "label", "sizes", "10,x")).hasMessageContaining("'x'");
        assertThatThrownBy(() -> run(WINE, "label", "sizes", "10,178"))
                .hasMessageContaining("m = 178")
                .hasMessageContaining("178 rows");
        assertThatThrownBy(() -> run(WINE, "label", "C", "0")).hasMessageContaining("C");
        assertThatThrownBy(() -> run(WINE, "label", "repeats", "1")).hasMessageContaining("repeats");
        assertThatThrownBy(() -> run(WINE, "label", "features", "alcohol,label"))
                .hasMessageContaining("label column");
        assertThatThrownBy(() -> run(WINE, "label", "sizes", "2", "repeats", "8"))
                .hasMessageStartingWith("none of 1000 draws of m = 2 training rows holds every class: class ");
        assertThatThrownBy(() -> run(WINE, "lable")).hasMessageContaining("label");
    }
}
