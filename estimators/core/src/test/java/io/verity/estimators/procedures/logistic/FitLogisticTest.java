package io.verity.estimators.procedures.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.logistic.SeparableDataException;
import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.EstimationException;
import io.verity.stats.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on files, as a command line calls it. Values: {@code glm.json} of the estimator's tests (R 4.2.2). */
class FitLogisticTest {
    private static final String WDBC = "../../examples/data/wdbc.csv";
    private static final String WINE = "../../examples/data/wine.csv";

    @TempDir
    Path folder;

    private static Outcome run(String file, String label, String... more) {
        FitLogistic procedure = new FitLogistic();
        return procedure.run(Commands.onRows(procedure, file, label, more));
    }

    private static double[] array(Outcome outcome, String key) {
        return (double[]) outcome.result().get(key);
    }

    private static double number(Outcome outcome, String key) {
        return (double) outcome.result().get(key);
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("d.csv"), List.of(lines)).toString();
    }

    @Test
    void coefficientsAndErrorsAreThoseOfGlm() {
        Outcome outcome = run(WDBC, "label", "features", "x1,x4,x8", "level", "0.9");
        assertThat(array(outcome, "coefficients"))
                .containsExactly(
                        new double[] {-0.28647137940548917, -63.0573050745749, -15.712561056082725}, within(1e-6));
        assertThat(array(outcome, "intercepts")).containsExactly(new double[] {15.20312395471787}, within(1e-6));
        assertThat(array(outcome, "standardErrors")[1]).isCloseTo(9.950925729554022, within(1e-7));
        assertThat(array(outcome, "zValues")[0]).isCloseTo(-9.5085262415157956, within(1e-8));
        assertThat(array(outcome, "pValues")[2]).isCloseTo(0.00089817622029915065, within(1e-11));
        assertThat(array(outcome, "lower")[0]).isCloseTo(-0.33602727013600264, within(1e-8));
        assertThat(number(outcome, "logLikelihood")).isCloseTo(-267.51767008384837, within(1e-8));
        assertThat(number(outcome, "objective")).isCloseTo(267.51767008384837, within(1e-8));
        assertThat(outcome.result().get("classes")).isEqualTo(List.of("-1", "+1"));
        assertThat(outcome.figures()).isNotEmpty();
        assertThat(outcome.diagnostics().converged()).isTrue();
    }

    @Test
    void unitsOfThePenaltySayTheSame() {
        Outcome sum = run(WDBC, "label", "lambda", "4");
        Outcome mean = run(WDBC, "label", "lambda", Double.toString(4 / 569.0), "unit", "mean");
        Outcome c = run(WDBC, "label", "lambda", "0.25", "unit", "C");
        assertThat(array(mean, "coefficients")).containsExactly(array(sum, "coefficients"), within(1e-7));
        assertThat(array(c, "coefficients")).containsExactly(array(sum, "coefficients"), within(1e-7));
        assertThat(number(c, "objective")).isCloseTo(number(sum, "objective"), within(1e-7));
        assertThat(sum.result()).containsEntry("zValues", null).containsEntry("pValues", null);
        assertThat(sum.notes()).containsKeys("zValues", "pValues", "standardErrors");
        assertThat(array(sum, "standardErrors")).hasSize(30);
    }

    @Test
    void standardisedColumnsArePenalisedAlike() {
        Outcome plain = run(WDBC, "label", "features", "x1,x4,x8");
        Outcome scaled = run(WDBC, "label", "features", "x1,x4,x8", "standardize", "true");
        assertThat(array(scaled, "coefficients")).containsExactly(array(plain, "coefficients"), within(1e-6));
        assertThat(array(scaled, "standardErrors")).containsExactly(array(plain, "standardErrors"), within(1e-6));
        // glm.json: standardised columns with lambda 3; there over n - 1
        Outcome ridge = run(WDBC, "label", "features", "x1,x4,x8,x9", "standardize", "true", "lambda", "3");
        assertThat(number(ridge, "effectiveDegreesOfFreedom")).isCloseTo(4.7224153486087594, within(1e-3));
    }

    @Test
    void separableDataNeedAPenalty() {
        assertThatThrownBy(() -> run(WDBC, "label"))
                .isInstanceOf(SeparableDataException.class)
                .hasMessageContaining("use lambda > 0");
    }

    @Test
    void labelsMayBeAnyTextAndWeightsAreFrequencies() throws IOException {
        String file =
                file("who,x,n", "yes,1,2", "no,2,1", "yes,3,1", "no,1,3", "yes,2,2", "no,3,0", "yes,4,1", "no,0.5,1");
        Outcome outcome = run(file, "who", "weight", "n");
        assertThat(outcome.result().get("classes")).isEqualTo(List.of("no", "yes"));
        assertThat(outcome.data()).containsEntry("features", List.of("x")).containsEntry("totalWeight", 11.0);
        Outcome turned = run(file, "who", "weight", "n", "positive", "no");
        assertThat(array(turned, "coefficients")[0]).isCloseTo(-array(outcome, "coefficients")[0], within(1e-9));
        assertThat(number(outcome, "trainAuc")).isCloseTo(number(turned, "trainAuc"), within(1e-12));
    }

    @Test
    void threeLabelsAreFittedBySoftmax() throws IOException {
        String file = file("k,x", "a,1", "b,2", "c,3", "a,2", "b,1", "c,2", "a,0", "b,3", "c,1");
        Outcome outcome = run(file, "k", "lambda", "1");
        List<?> coefficients = (List<?>) outcome.result().get("coefficients");
        assertThat(coefficients).hasSize(3);
        double[] b = array(outcome, "intercepts");
        assertThat(b[0] + b[1] + b[2]).isCloseTo(0, within(1e-9));
        assertThat(outcome.result()).containsEntry("zValues", null);
        assertThat(outcome.notes()).containsKeys("zValues", "standardErrors");
        assertThatThrownBy(() -> run(file, "k", "cv", "4"))
                .hasMessage("--cv 4 needs that many rows of every class, but class a has 3");
    }

    /** R 4.2.2, nnet::multinom 7.3-18 and Newton: {@code multinom.json} of the estimator's tests. */
    @Test
    void errorsOfSeveralClassesAreThoseOfMultinom() {
        String[] options = {"features", "alcohol,malic_acid,ash", "level", "0.9"};
        Outcome outcome = run(WINE, "label", options);
        assertThat(outcome.result()).containsEntry("reference", "0").containsEntry("contrasts", List.of("1", "2"));
        assertThat(rows(outcome, "contrastCoefficients").get(0))
                .containsExactly(
                        new double[] {-4.922344898039076, 0.2869012435218204, -3.0069084008653633}, within(1e-7));
        assertThat(array(outcome, "contrastIntercepts"))
                .containsExactly(new double[] {70.66275925687683, 25.871263140722753}, within(1e-6));
        assertThat(rows(outcome, "standardErrors").get(1))
                .containsExactly(
                        new double[] {0.5378494616217986, 0.2715366507329283, 1.0787986616561693}, within(1e-8));
        assertThat(rows(outcome, "zValues").get(0))
                .containsExactly(
                        new double[] {-6.750278480613823, 0.8255074910031225, -2.302112117640367}, within(1e-7));
        assertThat(rows(outcome, "pValues").get(1))
                .containsExactly(
                        new double[] {7.925578362841537e-05, 4.033045114953023e-06, 0.7834139885258945}, within(1e-9));
        assertThat(rows(outcome, "lower").get(0)[0]).isCloseTo(-6.1217823556044415, within(1e-7));
        Map<?, ?> intercept = (Map<?, ?>) ((List<?>) outcome.result().get("interceptErrors")).get(1);
        assertThat((double) intercept.get("standardError")).isCloseTo(7.517882987196638, within(1e-6));
        assertThat(number(outcome, "logLikelihood")).isCloseTo(-90.4587754481009, within(1e-8));
        assertThat(number(outcome, "nullLogLikelihood")).isCloseTo(-193.31484296804155, within(1e-8));
        assertThat(number(outcome, "aic")).isCloseTo(196.91755089620165, within(1e-8));
        assertThat(number(outcome, "bic")).isCloseTo(222.3718192985381, within(1e-8));
        assertThat(number(outcome, "likelihoodRatioP")).isCloseTo(1.1535899421702542e-41, within(1e-49));
        assertThat(outcome.result()).containsEntry("likelihoodRatioDf", 6L);
        assertThat(outcome.tables()).extracting(t -> t.name()).contains("coefficients", "contrasts", "likelihood");
        assertThat(outcome.figures()).extracting(f -> f.name()).contains("coefficients");
        assertThat(outcome.summary()).contains("1 against 0", "2 against 0", "likelihood ratio 205.712");
        Outcome robust = run(WINE, "label", "features", "alcohol,malic_acid,ash", "robust", "true");
        assertThat(rows(robust, "standardErrors").get(0))
                .containsExactly(
                        new double[] {0.7889969781359387, 0.42576847850056954, 1.3808204261514208}, within(1e-8));
    }

    @Test
    void theReferenceIsChosenByItsLabel() {
        Outcome first = run(WINE, "label", "features", "alcohol,malic_acid,ash");
        Outcome last =
                run(WINE, "label", "features", "alcohol,malic_acid,ash", "reference", "2", "standardize", "true");
        assertThat(last.result()).containsEntry("reference", "2").containsEntry("contrasts", List.of("0", "1"));
        for (int j = 0; j < 3; j++) {
            assertThat(rows(last, "contrastCoefficients").get(0)[j])
                    .isCloseTo(-rows(first, "contrastCoefficients").get(1)[j], within(1e-7));
            assertThat(rows(last, "standardErrors").get(0)[j])
                    .isCloseTo(rows(first, "standardErrors").get(1)[j], within(1e-7));
        }
        assertThatThrownBy(() -> run(WINE, "label", "features", "ash", "reference", "3"))
                .hasMessage("no class is called '3'; there are: 0, 1, 2");
        assertThatThrownBy(() -> run(WDBC, "label", "features", "x1", "reference", "+1"))
                .hasMessageContaining("--reference is for several classes");
    }

    private static List<double[]> rows(Outcome outcome, String key) {
        List<double[]> rows = new ArrayList<>();
        ((List<?>) outcome.result().get(key)).forEach(row -> rows.add((double[]) row));
        return rows;
    }

    @Test
    void multinomialOfTwoClassesIsTheBinaryFitWithTwiceThePenalty() {
        Outcome two = run(WDBC, "label", "features", "x1,x4", "lambda", "2", "multinomial", "true");
        Outcome one = run(WDBC, "label", "features", "x1,x4", "lambda", "1");
        List<?> w = (List<?>) two.result().get("coefficients");
        assertThat(((double[]) w.get(1))[0] - ((double[]) w.get(0))[0])
                .isCloseTo(array(one, "coefficients")[0], within(1e-7));
    }

    @Test
    void crossValidationChoosesAPenalty() {
        Outcome outcome = run(WDBC, "label", "features", "x1,x4,x8", "standardize", "true", "cv", "5");
        Map<?, ?> cv = (Map<?, ?>) outcome.result().get("cv");
        assertThat((double[]) cv.get("logLoss")).hasSize(41);
        assertThat(cv.get("lambda")).isEqualTo(outcome.result().get("lambda"));
        assertThat(outcome.figures()).extracting(f -> f.name()).contains("validation", "coefficients");
    }

    @Test
    void crossValidationChoosesThePenaltyOfSeveralClasses() {
        Outcome outcome = run(WINE, "label", "features", "alcohol,malic_acid,ash", "standardize", "true", "cv", "5");
        Map<?, ?> cv = (Map<?, ?>) outcome.result().get("cv");
        assertThat((double[]) cv.get("logLoss")).hasSize(41).doesNotContain(Double.NaN);
        assertThat(cv.get("lambda")).isEqualTo(outcome.result().get("lambda"));
        assertThat((double) cv.get("oneStandardErrorLambda")).isGreaterThanOrEqualTo((double) cv.get("lambda"));
        assertThat(outcome.figures()).extracting(f -> f.name()).contains("validation", "coefficients");
        assertThat(outcome.result()).containsEntry("zValues", null);
        Outcome given = run(
                WINE,
                "label",
                "features",
                "alcohol,malic_acid,ash",
                "standardize",
                "true",
                "lambda",
                String.valueOf(cv.get("lambda")));
        assertThat(number(given, "objective")).isCloseTo(number(outcome, "objective"), within(1e-9));
    }

    @Test
    void moreColumnsThanACovarianceIsComputedForAreFittedWithoutErrors() throws IOException {
        for (int classes = 2; classes <= 3; classes++) {
            Outcome outcome = run(wide(2000 / (classes - 1) + 1, classes), "y", "lambda", "5");
            assertThat(outcome.result()).containsEntry("standardErrors", null).containsEntry("aic", null);
            assertThat(outcome.notes().get("aic")).contains("more than 2000 weights");
            assertThat(outcome.summary()).contains("no standard errors: no covariance is computed");
            assertThat(outcome.tables()).extracting(t -> t.name()).contains("likelihood");
            assertThat(number(outcome, "mcFaddenR2")).isBetween(0.5, 1.0);
        }
    }

    private String wide(int columns, int classes) throws IOException {
        RandomStream random = RandomStream.of(3, "wide", 0, 0);
        List<String> lines = new ArrayList<>();
        for (int i = -1; i < 12; i++) {
            StringBuilder line = new StringBuilder(i < 0 ? "y" : Integer.toString(i % classes));
            for (int j = 0; j < columns; j++) {
                line.append(',').append(i < 0 ? "x" + j : Double.toString(random.nextGaussian()));
            }
            lines.add(line.toString());
        }
        return file(lines.toArray(String[]::new));
    }

    @Test
    void badInputIsNamed() throws IOException {
        assertThatThrownBy(() -> run(WDBC, "label", "lambda", "-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> run(WDBC, "label", "unit", "C")).hasMessageContaining("--unit C needs --lambda");
        assertThatThrownBy(() -> run(WDBC, "label", "cv", "5", "lambda", "1")).hasMessageContaining("exclude");
        assertThatThrownBy(() -> run(WDBC, "label", "cv", "1")).hasMessageContaining("at least 2 folds");
        assertThatThrownBy(() -> run(WDBC, "label", "level", "95")).hasMessageContaining("--level");
        assertThatThrownBy(() -> run(WDBC, "label", "features", "label,x1")).hasMessageContaining("among the features");
        String constant = file("y,a,b", "0,1,5", "1,2,5", "0,3,5", "1,1,5");
        assertThatThrownBy(() -> run(constant, "y"))
                .isInstanceOf(EstimationException.class)
                .hasMessage("column 'b' is constant, and the intercept is there already; drop it or use lambda > 0");
        assertThatThrownBy(() -> run(constant, "y", "multinomial", "true"))
                .isInstanceOf(EstimationException.class)
                .hasMessage("column 'b' is constant, and the intercept is there already; drop it or use lambda > 0");
        String sum = file("y,a,b,s", "0,1,5,6", "1,2,4,6", "2,3,5,8", "1,1,7,8", "2,2,5,7", "0,3,4,7", "0,2,6,8");
        assertThatThrownBy(() -> run(sum, "y"))
                .isInstanceOf(EstimationException.class)
                .hasMessage(
                        "column 's' is, to rounding, a linear combination of the columns before it and the intercept;"
                                + " drop it or use lambda > 0");
        String one = file("y,a", "0,1", "0,2");
        assertThatThrownBy(() -> run(one, "y"))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("one class");
        assertThatThrownBy(() -> run(one, "y", "multinomial", "true", "lambda", "1"))
                .hasMessage("two classes are needed, but the label column 'y' holds '0' alone");
        String weightless = file("y,a,w", "u,1,1", "v,2,1", "z,3,0");
        assertThatThrownBy(() -> run(weightless, "y", "weight", "w", "lambda", "1"))
                .hasMessage("class 'z' has no row of positive weight");
        String negative = file("y,a,w", "0,1,1", "1,2,-3");
        assertThatThrownBy(() -> run(negative, "y", "weight", "w")).hasMessageContaining("row 2, column 'w'");
    }
}
