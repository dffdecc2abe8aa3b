package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run of {@link LargeStepLogistic} or {@link Perceptrons}.
 *
 * @param method {@code gd}, {@code normalized}, {@code softmax}, {@code adaptive}, {@code exponential-loss},
 *     {@code batch-perceptron}, {@code normalized-batch-perceptron} or {@code perceptron}
 * @param stepSize gamma; 1 for perceptrons, whose scale is immaterial
 * @param status why the run ended
 * @param separatedAt the first t with every margin positive (zero as a start never counts), if there was one
 * @param iterations number of steps taken: theta is \( \theta_t \) with this t
 * @param theta d coefficients, the intercept last; an entry overflows only for step sizes near 1e300, see scaledTheta
 * @param scaledTheta \( \theta/\gamma \)
 * @param averagedTheta \( \frac1t\sum_{j &lt; t}\theta_j \), or null where no average was kept or t = 0
 * @param averagedSeparatedAt the first t at which that average separates, if an average was kept and one did
 * @param last theta, measured
 * @param lossHistory how the loss moved, or null when nothing asked for the loss of every iterate
 * @param doubledCounts perceptrons with integer state: \( 2c \) with \( \theta = \frac1n\sum c_i z_i \) (batch) or
 *     \( \theta = \sum c_i z_i \) (classic); else null
 * @param ties number of zero margins met by a perceptron after its first step
 * @param trace what the recorder noted
 * @param hasIntercept whether the last coefficient is an intercept
 * @param mode the space the run used
 * @param provenance how the result came about
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; two fits are never compared
public record LargeStepFit(
        String method,
        double stepSize,
        Status status,
        OptionalInt separatedAt,
        int iterations,
        double[] theta,
        double[] scaledTheta,
        double @Nullable [] averagedTheta,
        OptionalInt averagedSeparatedAt,
        Snapshot last,
        @Nullable LossHistory lossHistory,
        long @Nullable [] doubledCounts,
        long ties,
        Trace trace,
        boolean hasIntercept,
        Mode mode,
        Provenance provenance) {

    /** @return whether theta itself has every margin positive */
    public boolean separated() {
        return last.minMargin() > 0;
    }

    /** @return whether the run ended for the reason it was asked to look for */
    public boolean converged() {
        return status == Status.SEPARATED || status == Status.TOLERANCE;
    }

    /**
     * \( a^\top\theta \), plus the intercept when the data had one appended.
     *
     * @param features one sample, unsigned, without the intercept's 1
     * @return the score
     * @throws IllegalArgumentException if the length does not fit
     */
    public double score(double[] features) {
        int columns = hasIntercept ? theta.length - 1 : theta.length;
        Arguments.require(
                features.length == columns, "a sample has %d features, the fit has %d", features.length, columns);
        double sum = hasIntercept ? theta[columns] : 0;
        for (int j = 0; j < columns; j++) {
            sum = Math.fma(features[j], theta[j], sum);
        }
        return sum;
    }

    /**
     * @param features one sample, unsigned, without the intercept's 1
     * @return +1 where the score is positive, else -1
     * @throws IllegalArgumentException if the length does not fit
     */
    public int predict(double[] features) {
        return score(features) > 0 ? 1 : -1;
    }

    /**
     * @param data signed rows with as many columns as theta
     * @return \( z_i^\top\theta \), one per row
     * @throws IllegalArgumentException if the number of columns differs
     */
    public double[] margins(SeparableData data) {
        Arguments.require(data.d() == theta.length, "the data have %d columns, the fit has %d", data.d(), theta.length);
        double[] margins = new double[data.n()];
        DenseBackend backend = Backends.shared();
        backend.gemv(backend.upload(data.flat(), data.n(), data.d()), theta, margins);
        return margins;
    }

    /** @return one row per coefficient: its position, the value, and the value over the norm */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("coefficients", "Coefficients (" + method + ")")
                .text("coefficient", "coefficient")
                .number("theta", "theta", "")
                .number("direction", "theta / ||theta||", "");
        double norm = RunGeometry.norm(scaledTheta);
        for (int j = 0; j < theta.length; j++) {
            boolean intercept = hasIntercept && j == theta.length - 1;
            table.row(
                    intercept ? "intercept" : "x" + (j + 1),
                    theta[j],
                    norm > 0 ? (Object) (scaledTheta[j] / norm) : null);
        }
        return table.build();
    }

    @Override
    public String toString() {
        String end = switch (status) {
            case SEPARATED -> "separated after " + iterations + " iterations";
            case MAX_ITER ->
                separatedAt.isPresent()
                        ? "ran " + iterations + " iterations (separated at " + separatedAt.getAsInt() + ")"
                        : "did not separate within " + iterations + " iterations";
            case TOLERANCE -> "reached its tolerance after " + iterations + " iterations";
            case OVERFLOW -> "left the range of double precision after " + iterations + " iterations";
        };
        return String.format(
                Locale.ROOT,
                "%s, step size %s: %s; loss %.6g (log %.6g), gradient norm %.3g, %d misclassified, smallest margin %.6g,"
                        + " normalized margin %.6g",
                method,
                stepSize,
                end,
                last.loss(),
                last.logLoss(),
                last.gradientNorm(),
                last.misclassified(),
                last.minMargin(),
                last.normalizedMargin());
    }
}
