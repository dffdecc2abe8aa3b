package io.verity.estimators.procedures.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HConsistencyProceduresTest {
    @TempDir
    Path folder;

    private static Outcome bound(String... namesAndValues) {
        return Commands.run(new HConsistencyBound(), namesAndValues);
    }

    private static Outcome check(String... namesAndValues) {
        return Commands.run(new HConsistencyCheck(), namesAndValues);
    }

    private static double number(Outcome outcome, String key) {
        return (double) outcome.result().get(key);
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "d", ".csv"), content)
                .toString();
    }

    @Test
    void proceduresAreFoundByTheirWords() {
        assertThat(Procedure.all())
                .extracting(p -> String.join(" ", p.command()))
                .contains("h-consistency bound", "h-consistency check");
    }

    @Test
    void theBoundOfCrossEntropyAtTwoPercent() {
        Outcome outcome = bound("loss", "comp-sum", "tau", "1", "classes", "10", "regret", "0.02");
        assertThat(number(outcome, "gamma")).isCloseTo(0.199330, within(5e-7));
        assertThat(number(outcome, "transform")).isCloseTo(0.02, within(1e-15));
        assertThat(outcome.result()).containsEntry("tight", true).containsEntry("classes", 10L);
        assertThat(outcome.summary()).contains("Gamma(0.02) = 0.199330");
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("on real data"));
        assertThat(outcome.figures()).hasSize(1);
    }

    @Test
    void everyLossHasItsBound() {
        assertThat(number(bound("loss", "cross-entropy", "classes", "3", "regret", "0.02"), "gamma"))
                .isCloseTo(0.199330, within(5e-7));
        assertThat(number(bound("loss", "gce", "q", "0.7", "classes", "5", "zero-one", "0.2"), "exactPsi")
                        / number(bound("loss", "gce", "q", "0.7", "classes", "5", "zero-one", "0.2"), "transform"))
                .isCloseTo(1.9, within(0.01));
        assertThat(number(bound("loss", "mae", "classes", "4", "regret", "0.1"), "gamma"))
                .isCloseTo(0.4, within(1e-15));
        assertThat(number(bound("loss", "hinge", "bound", "0.5", "regret", "0.1"), "gamma"))
                .isCloseTo(0.2, within(1e-15));
        assertThat(number(bound("loss", "squared-hinge", "regret", "0.25"), "gamma"))
                .isCloseTo(0.5, within(1e-15));
        assertThat(number(bound("loss", "exponential", "regret", "0.4"), "gamma"))
                .isCloseTo(0.8, within(1e-13));
        assertThat(number(bound("loss", "sigmoid", "k", "2", "bound", "inf", "regret", "0.3"), "gamma"))
                .isCloseTo(0.3, within(1e-15));
        assertThat(number(bound("loss", "rho-margin", "rho", "2", "bound", "1", "regret", "0.2"), "gamma"))
                .isCloseTo(0.4, within(1e-15));
        assertThat(number(bound("loss", "logistic", "massart", "0.2", "regret", "0.005008"), "gamma"))
                .isCloseTo(0.02435, within(5e-6));
        assertThat(number(bound("loss", "constrained-hinge", "classes", "7", "regret", "0.3"), "gamma"))
                .isCloseTo(0.3, within(1e-15));
    }

    @Test
    void losesWithoutBoundSayWhyAndShowACounterexample() {
        for (Outcome outcome : List.of(
                bound("loss", "crammer-singer", "classes", "3", "regret", "0.1"),
                bound("loss", "weston-watkins", "classes", "3", "regret", "0.1"),
                bound("loss", "cross-entropy-box", "lambda", "0.5", "classes", "3", "regret", "0.1"))) {
            assertThat(outcome.result().get("gamma")).isNull();
            assertThat(outcome.notes().get("gamma")).contains("no bound");
            assertThat(outcome.result().get("counterexample")).isInstanceOf(Map.class);
        }
        assertThat(number(bound("loss", "crammer-singer", "regret", "0.1"), "gamma"))
                .isCloseTo(0.1, within(1e-15));
    }

    @Test
    void falseFormulasAreRefutedAndTrueOnesSurvive() {
        assertVerdict("REFUTED", "loss", "cross-entropy", "classes", "3", "gamma", "sqrt(1.9*r)");
        assertThat(check("loss", "cross-entropy", "classes", "3", "gamma", "sqrt(1.9*r)")
                        .summary())
                .contains("p = (0.6, 0.4, 0), scores (0, 0.000001, -50)");
        assertVerdict("SURVIVED", "loss", "cross-entropy", "classes", "3", "gamma", "sqrt(2*r)");
        assertVerdict("SURVIVED", "loss", "cross-entropy", "classes", "3");
        assertVerdict("REFUTED", "loss", "gce", "q", "0.9", "classes", "4", "gamma", "sqrt(1.8*r)");
        assertVerdict("SURVIVED", "loss", "gce", "q", "0.9", "classes", "4", "gamma", "sqrt(2*K^q*r)");
        assertVerdict("REFUTED", "loss", "mae", "classes", "3", "psi", "t/(K-0.5)");
        assertVerdict("REFUTED", "loss", "rho-margin", "rho", "2", "bound", "3", "gamma", "r/min(A,rho)");
        assertVerdict("REFUTED", "loss", "cross-entropy-box", "lambda", "0.1", "classes", "3");
        assertVerdict("SURVIVED", "loss", "cross-entropy-box", "lambda", "0.1");
    }

    @Test
    void formulasMayCancelAndMayReadZeroTimesLogZero() {
        assertVerdict(
                "SURVIVED", "loss", "cross-entropy", "classes", "3", "psi", "((1+t)/2)*ln(1+t)+((1-t)/2)*log(1-t)");
        assertVerdict("SURVIVED", "loss", "exponential", "psi", "1-sqrt(1-t^2)");
    }

    private static void assertVerdict(String verdict, String... options) {
        Outcome outcome = check(options);
        assertThat(outcome.result()).as(outcome.summary()).containsEntry("verdict", verdict);
        if (verdict.equals("REFUTED")) {
            assertThat(outcome.tables()).hasSize(1);
            assertThat(outcome.result().get("counterexample")).isInstanceOf(Map.class);
            assertThat(outcome.summary()).contains("E dC_01 = ").contains("confirmed in");
        } else {
            assertThat(outcome.summary()).contains("no proof");
        }
    }

    @Test
    void bothSidesOnAFile() throws IOException {
        String data = file("weight,p1,p2,p3,h1,h2,h3\n3,0.6,0.4,0,0,0.000001,-50\n1,1,0,0,3,0,0\n");
        Outcome outcome = check("loss", "cross-entropy", "data", data);
        assertThat(number(outcome, "zeroOneRegret")).isCloseTo(0.15, within(1e-12));
        assertThat(number(outcome, "gamma")).isGreaterThan(0.15);
        assertThat(number(outcome, "pointwiseBound")).isLessThanOrEqualTo(number(outcome, "gamma"));
        assertThat(outcome.result()).containsEntry("holds", true).containsEntry("classes", 3L);
        assertThat(outcome.tables().get(0).rows()).hasSize(2);
        assertThat(outcome.figures().get(0).layers()).anySatisfy(layer -> {
            assertThat(layer.series()).isEqualTo("the distribution checked");
            assertThat(layer.x()).containsExactly(number(outcome, "surrogateRegret"));
            assertThat(layer.y()).containsExactly(number(outcome, "zeroOneRegret"));
        });
        Outcome own = check("loss", "cross-entropy", "data", data, "gamma", "r", "plug-in", "true");
        assertThat(own.result()).containsEntry("holds", false).containsEntry("label", "plug-in, not a guarantee");
        assertThat(own.summary()).contains("plug-in, not a guarantee");
    }

    @Test
    void columnsCanBeNamedAndMarginsGivenAlone() throws IOException {
        String data = file("a,b,f\n0.55,0.45,-0.000001\n0.3,0.7,0.2\n");
        Outcome outcome = check("loss", "logistic", "data", data, "p", "a,b", "bound", "2");
        assertThat(number(outcome, "zeroOneRegret")).isZero();
        Outcome swapped = check("loss", "logistic", "data", data, "p", "2,1", "scores", "3");
        assertThat(number(swapped, "zeroOneRegret")).isCloseTo(0.25, within(1e-12));
        Outcome massart = check("loss", "logistic", "data", file("p1,p2,f\n0.45,0.55,-0.000001\n"), "massart", "0.2");
        assertThat(massart.result()).containsEntry("holds", false);
        assertRefused(() -> check("loss", "logistic", "data", data, "p", "a,b", "bound", "0.1"), "row 2", "outside");
    }

    @Test
    void badInputIsNamed() throws IOException {
        assertRefused(() -> bound("loss", "comp-sum", "tau", "-1", "regret", "1"), "tau", "at least 0", "-1.0");
        assertRefused(() -> bound("loss", "comp-sum", "tau", "NaN", "regret", "1"), "tau", "NaN");
        assertRefused(() -> bound("loss", "cross-entropy", "regret", "-0.5"), "at least 0", "-0.5");
        assertRefused(() -> bound("loss", "cross-entropy", "regret", "NaN"), "regret", "NaN");
        assertRefused(() -> bound("loss", "cross-entropy", "zero-one", "1.5"), "[0, 1]", "1.5");
        assertRefused(() -> bound("loss", "cross-entropy"), "either --regret r or --zero-one t");
        assertRefused(() -> bound("loss", "hinge", "bound", "-2", "regret", "1"), "bound A", "-2.0");
        assertRefused(() -> bound("loss", "hinge", "bound", "x", "regret", "1"), "--bound", "'x'");
        assertRefused(() -> bound("loss", "hinge", "classes", "3", "regret", "1"), "binary", "3");
        assertRefused(() -> bound("loss", "mae", "classes", "1", "regret", "1"), "at least 2", "1");
        assertRefused(() -> bound("loss", "mae", "tau", "2", "regret", "1"), "--tau belongs to");
        assertRefused(() -> bound("loss", "hinge", "rho", "2", "regret", "1"), "--rho belongs to --loss rho-margin");
        assertRefused(() -> bound("loss", "mae", "lambda", "2", "regret", "1"), "--lambda belongs to");
        assertRefused(() -> bound("loss", "gce", "regret", "1"), "needs its parameter --q");
        assertRefused(() -> bound("loss", "mae", "bound", "2", "regret", "1"), "--bound belongs to");
        assertRefused(() -> bound("loss", "mae", "massart", "0.2", "regret", "1"), "--massart belongs to");
        assertRefused(() -> bound("loss", "hinge", "massart", "0.7", "regret", "1"), "(0, 1/2]", "0.7");
        assertRefused(() -> bound("loss", "gce", "q", "1.5", "regret", "1"), "(0, 1]", "1.5");
        assertRefused(() -> bound("loss", "gce", "regret", "1"), "--q");
        assertRefused(() -> check("loss", "cross-entropy", "gamma", "sqrt(x)"), "--gamma", "sqrt(x)");
        assertRefused(() -> check("loss", "cross-entropy", "gamma", "log(r-1)"), "not a number at r");
        assertRefused(() -> check("loss", "cross-entropy", "gamma", "r", "psi", "t"), "not both");
        assertRefused(() -> check("loss", "crammer-singer", "classes", "3"), "no bound exists");
        assertRefused(() -> check("loss", "cross-entropy", "p", "a,b"), "--p goes with --data");
        String negative = file("p1,p2,h1,h2\n1,0,0,0\n1.2,-0.2,0,0\n");
        assertRefused(() -> check("loss", "cross-entropy", "data", negative), "row 2", "-0.2");
    }

    @Test
    void filesAreCheckedRowByRow() throws IOException {
        String sum = file("p1,p2,h1,h2\n1,0,0,0\n0.5,0.4,0,0\n");
        assertRefused(() -> check("loss", "cross-entropy", "data", sum), "row 2", "0.9");
        String weight = file("weight,p1,p2,h1,h2\n-1,1,0,0,0\n");
        assertRefused(() -> check("loss", "cross-entropy", "data", weight), "row 1", "-1.0");
        String none = file("a,b\n1,0\n");
        assertRefused(() -> check("loss", "cross-entropy", "data", none), "p1", "--p");
        String scores = file("p1,p2,h1\n1,0,0\n");
        assertRefused(() -> check("loss", "cross-entropy", "data", scores), "1 columns of scores", "2 classes");
        assertRefused(
                () -> check("loss", "cross-entropy", "data", scores, "classes", "3"), "--classes is 3", "2 classes");
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
