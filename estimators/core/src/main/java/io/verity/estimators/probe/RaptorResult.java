package io.verity.estimators.probe;

import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A probe found by {@link Raptor}, and how it came about. Immutable. */
public final class RaptorResult {
    private static final int NAMED = 8;

    private final LinearProbe probe;
    private final ValidationCurve curve;
    private final Standardizer standardizer;
    private final double selectedC;
    private final double lambda;
    private final double validationAccuracy;
    private final Performance train;
    private final Performance test;
    private final boolean converged;
    private final double gradientNorm;
    private final List<ProbeWarning> warnings;
    private final Duration tuning;
    private final Duration refit;
    private final Provenance provenance;

    @SuppressWarnings("TooManyParameters") // made in two places of this package alone
    RaptorResult(
            LinearProbe probe,
            ValidationCurve curve,
            Standardizer standardizer,
            double selectedC,
            double lambda,
            double validationAccuracy,
            Performance train,
            Performance test,
            boolean converged,
            double gradientNorm,
            List<ProbeWarning> warnings,
            Duration tuning,
            Duration refit,
            Provenance provenance) {
        this.probe = probe;
        this.curve = curve;
        this.standardizer = standardizer;
        this.selectedC = selectedC;
        this.lambda = lambda;
        this.validationAccuracy = validationAccuracy;
        this.train = train;
        this.test = test;
        this.converged = converged;
        this.gradientNorm = gradientNorm;
        this.warnings = List.copyOf(warnings);
        this.tuning = tuning;
        this.refit = refit;
        this.provenance = provenance;
    }

    static RaptorResult of(RaptorSettings settings, TunedFit fit, DMatrixRMaj x, int[] y, Split split) {
        LinearProbe probe = fit.probe();
        @Nullable Long seed = settings.selection == Selection.KFOLD ? (Long) settings.seed : null;
        return new RaptorResult(
                probe,
                ValidationCurve.of(settings.grid, fit.path(), fit.selected()),
                fit.standardizer(),
                fit.c(),
                fit.lambda(),
                fit.validationAccuracy(),
                performance(probe, x, y, split.train()),
                performance(probe, x, y, split.test()),
                fit.converged() && fit.path().failures() == 0,
                fit.gradient(),
                warnings(settings, fit, y, split, probe),
                Duration.ofNanos(fit.tuning()),
                Duration.ofNanos(fit.refit()),
                Provenance.here(settings.backend().info().id(), seed));
    }

    private static Performance performance(LinearProbe probe, DMatrixRMaj x, int[] y, int[] rows) {
        return Performance.of(probe.scores(x, rows), Rows.select(y, rows));
    }

    private static List<ProbeWarning> warnings(
            RaptorSettings settings, TunedFit fit, int[] y, Split split, LinearProbe probe) {
        List<ProbeWarning> warnings = new ArrayList<>();
        int[] excluded = fit.standardizer().excluded();
        if (excluded.length > 0) {
            warnings.add(new ProbeWarning(ProbeWarning.Kind.EXCLUDED_COLUMNS, excluded(excluded)));
        }
        if (probe.norm() == 0) {
            warnings.add(new ProbeWarning(
                    ProbeWarning.Kind.ZERO_DIRECTION,
                    "every weight is 0: the probe predicts one class and has no concept vector"));
        }
        if (fit.selected() < 0 && fit.standardizer().kept().length > 0) {
            int[] counts = Stratification.classCounts(split.validation(), y);
            int ones = counts.length > 1 ? counts[1] : 0;
            warnings.add(new ProbeWarning(
                    ProbeWarning.Kind.NO_VALIDATION,
                    "C = 1 was taken: "
                            + (split.validation().length == 0
                                    ? "there are no validation rows"
                                    : "the " + split.validation().length + " validation rows belong to one class ("
                                            + (split.validation().length - ones) + " of class 0, " + ones
                                            + " of class 1)")));
        }
        int last = settings.grid.length - 1;
        if (last > 0 && (fit.selected() == 0 || fit.selected() == last)) {
            warnings.add(new ProbeWarning(
                    ProbeWarning.Kind.GRID_EDGE,
                    "the chosen C = " + Rounded.to(fit.c(), 4) + " is the " + (fit.selected() == 0 ? "first" : "last")
                            + " of the grid " + Rounded.to(settings.grid[0], 4) + " to "
                            + Rounded.to(settings.grid[last], 4) + "; widen it to see whether a "
                            + (fit.selected() == 0 ? "stronger" : "weaker") + " penalty does better"));
        }
        int failures = fit.path().failures() + (fit.converged() ? 0 : 1);
        if (failures > 0) {
            warnings.add(new ProbeWarning(
                    ProbeWarning.Kind.NOT_CONVERGED,
                    failures + " of " + (fit.path().iterations().length + 1)
                            + " fits did not reach their tolerance; the final gradient is "
                            + Rounded.to(fit.gradient(), 3)));
        }
        return warnings;
    }

    private static String excluded(int[] columns) {
        StringBuilder text = new StringBuilder(columns.length == 1 ? "column " : "columns ");
        for (int k = 0; k < Math.min(NAMED, columns.length); k++) {
            text.append(k == 0 ? "" : ", ").append(columns[k] + 1);
        }
        if (columns.length > NAMED) {
            text.append(" and ").append(columns.length - NAMED).append(" more");
        }
        return text.append(" (counted from 1)")
                .append(columns.length == 1 ? " does" : " do")
                .append(" not vary beside the others in the training rows and got weight 0")
                .toString();
    }

    /** @return the rule on raw columns */
    public LinearProbe probe() {
        return probe;
    }

    /** @return one weight per raw column, 0 for excluded ones */
    public double[] weights() {
        return probe.weights();
    }

    /** @return the intercept that goes with {@link #weights()} */
    public double intercept() {
        return probe.intercept();
    }

    /**
     * @return the unit vector along the weights, towards class 1
     * @throws ZeroDirectionException if every weight is 0
     */
    public double[] conceptVector() {
        return probe.conceptVector();
    }

    /** @return the inverse penalties tried, ascending */
    public double[] gridC() {
        return curve.gridC().clone();
    }

    /** @return what every C achieved on rows its fit had not seen */
    public ValidationCurve validation() {
        return curve;
    }

    /** @return position of the chosen C in the grid, or -1 when C = 1 was taken for want of validation rows */
    public int selectedIndex() {
        return curve.selected();
    }

    /** @return the chosen C */
    public double selectedC() {
        return selectedC;
    }

    /** @return penalty of the final fit, in the sum unit; 1/C unless the mean unit was kept */
    public double lambda() {
        return lambda;
    }

    /** @return location and scale of the columns, from the training rows */
    public Standardizer standardizer() {
        return standardizer;
    }

    /** @return columns left out because they do not vary, from 0 */
    public int[] excludedColumns() {
        return standardizer.excluded();
    }

    /** @return the final probe on the training rows (which, with the validation rows, it was fitted on) */
    public Performance train() {
        return train;
    }

    /** @return the final probe on the test rows, which nothing else has seen */
    public Performance test() {
        return test;
    }

    /** @return accuracy of the final probe on the training rows */
    public double trainAccuracy() {
        return train.accuracy();
    }

    /**
     * @return accuracy on the validation rows of the fit with the chosen C on the training rows alone; NaN without validation rows.
     *     It is the best of many and so a little too good
     */
    public double validationAccuracy() {
        return validationAccuracy;
    }

    /** @return accuracy of the final probe on the test rows; NaN without test rows */
    public double testAccuracy() {
        return test.accuracy();
    }

    /** @return mean logistic loss of the final probe on the test rows; NaN without test rows */
    public double testLogLoss() {
        return test.logLoss();
    }

    /** @return whether every fit, along the path and at its end, reached its tolerance */
    public boolean converged() {
        return converged;
    }

    /** @return largest entry of the gradient at the final fit */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** @return what the user should know */
    public List<ProbeWarning> warnings() {
        return warnings;
    }

    /** @return time until C was chosen */
    public Duration tuning() {
        return tuning;
    }

    /** @return time of the final fit */
    public Duration refit() {
        return refit;
    }

    /** @return how the result came about */
    public Provenance provenance() {
        return provenance;
    }

    /**
     * @param state a hidden state
     * @param target probability of class 1 wanted, strictly between 0 and 1
     * @return strength along the concept vector that takes the state there, 0 if it is there already
     * @throws ZeroDirectionException if every weight is 0
     * @throws IllegalArgumentException if the target is not inside (0, 1) or the state has another width
     */
    public double alphaFor(double[] state, double target) {
        return Steering.along(probe).alpha(state, target);
    }

    /**
     * @param state a hidden state
     * @param target probability of class 1 wanted, strictly between 0 and 1
     * @return the state moved along the concept vector until it is there
     * @throws ZeroDirectionException if every weight is 0
     * @throws IllegalArgumentException if the target is not inside (0, 1) or the state has another width
     */
    public double[] steerTo(double[] state, double target) {
        return Steering.along(probe).steer(state, target);
    }

    /**
     * @param state a hidden state
     * @param alpha how far it is moved
     * @return the state plus alpha times the concept vector
     * @throws ZeroDirectionException if every weight is 0
     * @throws IllegalArgumentException if alpha is not finite or the state has another width
     */
    public double[] add(double[] state, double alpha) {
        return Steering.along(probe).add(state, alpha);
    }

    /**
     * Writes the probe and its story as JSON, schema {@code verity.probe/1}.
     *
     * @param json the file, replaced if it exists
     * @throws IllegalArgumentException if it cannot be written
     */
    public void save(Path json) {
        ProbeFile.of(this).save(json);
    }

    /**
     * @param json a file written by {@link #save}
     * @return the result as it was
     * @throws IllegalArgumentException if it cannot be read, or does not hold a result of this class
     */
    public static RaptorResult load(Path json) {
        return ProbeFile.load(json)
                .result()
                .orElseThrow(() -> new IllegalArgumentException(json + " holds a probe, but not how it was tuned"));
    }

    /** @return the validation curve, one row per C */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("validation", "Validation along the penalties")
                .number("c", "C", "")
                .number("accuracy", "validation accuracy", "")
                .number("logLoss", "validation log loss", "")
                .integer("iterations", "Newton steps", "")
                .text("chosen", "");
        for (int k = 0; k < curve.accuracy().length; k++) {
            table.row(
                    curve.gridC()[k],
                    curve.accuracy()[k],
                    curve.logLoss()[k],
                    curve.iterations()[k],
                    k == curve.selected() ? "chosen" : "");
        }
        if (curve.accuracy().length == 0) {
            table.row(selectedC, null, null, null, "taken without validation");
        }
        return table.build();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "RAPTOR probe on %d columns: C = %s, |w| = %s; accuracy: train %s",
                probe.columns(),
                Rounded.to(selectedC, 4),
                Rounded.to(probe.norm(), 4),
                Rounded.to(train.accuracy(), 4)));
        if (!Double.isNaN(validationAccuracy)) {
            text.append(", validation ").append(Rounded.to(validationAccuracy, 4));
        }
        if (test.rows() > 0) {
            text.append(", test ")
                    .append(Rounded.to(test.accuracy(), 4))
                    .append(" (s.e. ")
                    .append(Rounded.to(test.accuracyError(), 2))
                    .append(", ")
                    .append(test.rows())
                    .append(" rows)");
        }
        if (curve.ties() > 1) {
            text.append("; ").append(curve.ties()).append(" values of C share the best validation accuracy");
        }
        return text.toString();
    }
}
