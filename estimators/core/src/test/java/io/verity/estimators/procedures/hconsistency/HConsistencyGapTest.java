package io.verity.estimators.procedures.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.linalg.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden values: scipy 1.10.1, BFGS and Newton steps (comp-sum), SLSQP (bounded). */
class HConsistencyGapTest {
    private static final String REGIONS = """
            region,weight,income,age,p1,p2,p3
            north,0.20,2.1,44,0.55,0.30,0.15
            east,0.15,1.4,39,0.20,0.65,0.15
            south,0.10,1.1,51,0.25,0.25,0.50
            west,0.15,2.8,36,0.70,0.20,0.10
            coast,0.10,2.4,48,0.30,0.30,0.40
            hills,0.10,1.7,55,0.40,0.10,0.50
            lakes,0.12,1.9,41,0.15,0.60,0.25
            city,0.08,3.5,33,0.35,0.55,0.10
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("regions.csv");
        Files.writeString(file, REGIONS);
    }

    private Outcome run(String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("data", file.toString());
        for (int k = 0; k < namesAndValues.length; k += 2) {
            given.put(namesAndValues[k], namesAndValues[k + 1]);
        }
        return new HConsistencyGap().run(Inputs.of(new HConsistencyGap(), given, Backends.shared()));
    }

    private static double number(Outcome outcome, String key) {
        return (double) outcome.result().get(key);
    }

    @Test
    void isFoundByItsWords() {
        assertThat(Procedure.all()).anyMatch(p -> String.join(" ", p.command()).equals("h-consistency gap"));
    }

    @Test
    void gapsAgreeWithGeneralOptimisers() {
        Outcome ce = run();
        assertThat(number(ce, "bestInClassRisk")).isCloseTo(0.9990229093692152, within(1e-10));
        assertThat(number(ce, "meanConditionalOptimum")).isCloseTo(0.9419903697099956, within(1e-10));
        assertThat(number(ce, "minimizabilityGap")).isCloseTo(0.05703253965921962, within(1e-10));
        assertThat(ce.result()).containsEntry("quality", "infimum").containsEntry("attained", true);
        assertThat(ce.data()).containsEntry("classes", 3L);
        Outcome half = run("p", "5-7", "weight", "weight", "features", "3-4", "loss", "comp-sum", "tau", "0.5");
        assertThat(number(half, "bestInClassRisk")).isCloseTo(1.3457581779181806, within(1e-10));
        Outcome mae = run("p", "p1,p2,p3", "weight", "weight", "loss", "mae");
        assertThat(mae.result()).containsEntry("quality", "upper-bound");
        assertThat(mae.diagnostics().warnings()).anyMatch(w -> w.contains("upper bound"));
    }

    @Test
    void everyLossAndClassOfHypothesesRuns() {
        for (String loss :
                new String[] {"cross-entropy", "constrained-hinge", "crammer-singer", "weston-watkins", "zero-one"}) {
            for (String hypotheses : new String[] {"linear", "all"}) {
                Outcome outcome = run("p", "p1,p2,p3", "weight", "weight", "loss", loss, "hypotheses", hypotheses);
                assertThat(number(outcome, "minimizabilityGap")).as(loss).isNotNegative();
            }
        }
        for (String loss :
                new String[] {"hinge", "squared-hinge", "logistic", "exponential", "sigmoid", "rho-margin"}) {
            Outcome outcome = run(
                    "eta", "p1", "features", "income,age", "loss", loss, "hypotheses", "bounded", "W", "0.5", "B", "1");
            assertThat(number(outcome, "minimizabilityGap")).as(loss).isNotNegative();
        }
        assertThat(number(run("p", "p1,p2,p3", "loss", "gce", "q", "0.7", "hypotheses", "all"), "minimizabilityGap"))
                .isZero();
    }

    @Test
    void mistakesAreNamed() {
        refused("either --p", "p", "p1,p2,p3", "eta", "p1");
        refused("at least 2 classes", "p", "p1");
        refused("no column", "p", "p1,p2,p9");
        refused("sum", "p", "p1,p2");
        refused("'income' must lie in [0, 1]", "eta", "income");
        refused("row 1", "eta", "age", "features", "income");
        refused("--tau", "p", "p1,p2,p3", "loss", "comp-sum");
        refused("-1", "p", "p1,p2,p3", "loss", "comp-sum", "tau", "-1");
        refused("--tau belongs to --loss comp-sum", "p", "p1,p2,p3", "tau", "1");
        refused("--q belongs to --loss gce", "p", "p1,p2,p3", "q", "1");
        refused("--rho belongs to --loss rho-margin", "p", "p1,p2,p3", "rho", "1");
        refused("--W and --B", "p", "p1,p2,p3", "hypotheses", "bounded", "W", "1");
        refused("belong to --hypotheses bounded", "p", "p1,p2,p3", "W", "1", "B", "1");
        refused("at least 0", "eta", "p1", "hypotheses", "bounded", "W", "-1", "B", "1");
        refused("2 classes", "p", "p1,p2,p3", "loss", "hinge");
        refused("region", "p", "p1,p2,p3", "features", "region");
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        Files.writeString(file, "eta,x,h1,h2\n0.2,1,5,6\n0.9,2,7,8\n0.3,4,7,8\n");
        Outcome outcome = run("loss", "logistic");
        assertThat(outcome.data()).containsEntry("features", List.of("x")).containsEntry("classes", 2L);
        Files.writeString(file, "a,b,x\n0.2,0.8,1\n0.9,0.1,2\n");
        refused("neither columns p1..pK", "loss", "logistic");
        assertThat(number(run("loss", "logistic", "p", "a,b"), "minimizabilityGap"))
                .isLessThan(1e-12);
    }

    private void refused(String fact, String... namesAndValues) {
        assertThatThrownBy(() -> run(namesAndValues))
                .as(String.join(" ", namesAndValues))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fact);
    }

    @Test
    void negativeAndMissingNumbersArePlaced() throws IOException {
        Files.writeString(file, "w,x,a,b\n1,0,0.5,0.5\n-2,1,0.5,0.5\n");
        refused("row 2", "p", "a,b", "weight", "w");
        Files.writeString(file, "w,x,a,b\n1,0,0.5,0.5\n2,,0.5,0.5\n");
        refused("row 2, column 'x'", "p", "a,b", "weight", "w");
        Files.writeString(file, "x,a,b\n0,0.5,0.5\n1,0.7,0.4\n");
        refused("row 2", "p", "a,b");
    }
}
