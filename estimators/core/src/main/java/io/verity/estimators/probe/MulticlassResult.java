package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A rule for several classes with a direction for each: the class with the largest score \( w_k^\top x + b_k \) is predicted, the
 * lower number among equals. Immutable.
 */
public final class MulticlassResult {
    private final Multiclass scheme;
    private final List<LinearProbe> probes;
    private final double[] gridC;
    private final double[] validation;
    private final double[] selectedC;
    private final double trainAccuracy;
    private final double validationAccuracy;
    private final double testAccuracy;
    private final int[][] confusion;
    private final int[] excluded;
    private final boolean converged;

    @SuppressWarnings("TooManyParameters") // made in one place
    MulticlassResult(
            Multiclass scheme,
            List<LinearProbe> probes,
            double[] gridC,
            double[] validation,
            double[] selectedC,
            double trainAccuracy,
            double validationAccuracy,
            double testAccuracy,
            int[][] confusion,
            int[] excluded,
            boolean converged) {
        this.scheme = scheme;
        this.probes = List.copyOf(probes);
        this.gridC = gridC;
        this.validation = validation;
        this.selectedC = selectedC;
        this.trainAccuracy = trainAccuracy;
        this.validationAccuracy = validationAccuracy;
        this.testAccuracy = testAccuracy;
        this.confusion = confusion;
        this.excluded = excluded;
        this.converged = converged;
    }

    /** @return how the classes are told apart */
    public Multiclass scheme() {
        return scheme;
    }

    /** @return number of classes */
    public int classes() {
        return probes.size();
    }

    List<LinearProbe> probes() {
        return probes;
    }

    /**
     * @param k a class, from 0
     * @return weights and intercept of its score. Softmax: the weights of all classes add up to 0, and the intercepts too
     * @throws IllegalArgumentException if there is no such class
     */
    public LinearProbe probe(int k) {
        Arguments.require(k >= 0 && k < probes.size(), "there is no class %d; they are 0 to %d", k, probes.size() - 1);
        return probes.get(k);
    }

    /**
     * @param k a class, from 0
     * @return the unit vector along its weights, towards the class
     * @throws ZeroDirectionException if every weight is 0
     * @throws IllegalArgumentException if there is no such class
     */
    public double[] conceptVector(int k) {
        return probe(k).conceptVector();
    }

    /** @return the inverse penalties tried, ascending */
    public double[] gridC() {
        return gridC.clone();
    }

    /** @return validation accuracy along the grid; for one-versus-rest the mean over the classes' own; empty without validation rows */
    public double[] validation() {
        return validation.clone();
    }

    /** @return the chosen C of every class; all the same for softmax */
    public double[] selectedC() {
        return selectedC.clone();
    }

    /** @return accuracy on the training rows, on which (with the validation rows) the rule was fitted */
    public double trainAccuracy() {
        return trainAccuracy;
    }

    /** @return accuracy on the validation rows of fits on the training rows alone; NaN without validation rows */
    public double validationAccuracy() {
        return validationAccuracy;
    }

    /** @return accuracy on the test rows; NaN without test rows */
    public double testAccuracy() {
        return testAccuracy;
    }

    /** @return number of test rows */
    public int testRows() {
        return Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    }

    /** @return standard error of {@link #testAccuracy}, \( \sqrt{a(1-a)/m} \) for m test rows; NaN without test rows */
    public double testAccuracyError() {
        return Math.sqrt(testAccuracy * (1 - testAccuracy) / testRows());
    }

    /** @return share of the most frequent class among the test rows: the accuracy of always naming it; NaN without test rows */
    public double majorityShare() {
        int most = Arrays.stream(confusion)
                .mapToInt(row -> Arrays.stream(row).sum())
                .max()
                .orElse(0);
        return (double) most / testRows();
    }

    /** @return test rows by true class, then by predicted class */
    public int[][] confusion() {
        int[][] copy = new int[confusion.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = confusion[k].clone();
        }
        return copy;
    }

    /** @return columns left out because they do not vary, from 0 */
    public int[] excludedColumns() {
        return excluded.clone();
    }

    /** @return whether every fit reached its tolerance */
    public boolean converged() {
        return converged;
    }

    /**
     * @param x rows of states
     * @return their classes
     * @throws IllegalArgumentException if the number of columns differs
     */
    public int[] predict(DMatrixRMaj x) {
        return predict(probes, x, Rows.all(x.numRows));
    }

    static int[] predict(List<LinearProbe> probes, DMatrixRMaj x, int[] rows) {
        int[] best = new int[rows.length];
        double[] top = probes.get(0).scores(x, rows);
        for (int k = 1; k < probes.size(); k++) {
            double[] scores = probes.get(k).scores(x, rows);
            for (int i = 0; i < rows.length; i++) {
                if (scores[i] > top[i]) {
                    top[i] = scores[i];
                    best[i] = k;
                }
            }
        }
        return best;
    }

    /**
     * @param labels names of the classes, in order
     * @return one row per true class: how many test rows were taken for which
     * @throws IllegalArgumentException if their number differs
     */
    public ResultTable toTable(List<String> labels) {
        Arguments.require(labels.size() == classes(), "%d labels for %d classes", labels.size(), classes());
        ResultTable.Builder table = ResultTable.named("confusion", "Test rows by class and prediction")
                .text("class", "class");
        for (int k = 0; k < classes(); k++) {
            table.integer("predicted" + k, "taken for " + labels.get(k), "");
        }
        for (int k = 0; k < classes(); k++) {
            Object[] cells = new Object[classes() + 1];
            cells[0] = labels.get(k);
            for (int j = 0; j < classes(); j++) {
                cells[j + 1] = confusion[k][j];
            }
            table.row(cells);
        }
        return table.build();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "probe for %d classes (%s) on %d columns: accuracy: train %s, validation %s, test %s",
                classes(),
                scheme.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                probes.get(0).columns(),
                Rounded.to(trainAccuracy, 4),
                Rounded.to(validationAccuracy, 4),
                Rounded.to(testAccuracy, 4));
    }
}
