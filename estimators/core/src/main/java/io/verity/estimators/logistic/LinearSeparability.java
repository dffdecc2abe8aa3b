package io.verity.estimators.logistic;

import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.stats.linalg.DotEnclosure;
import io.verity.stats.linalg.Nnls;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Whether a hyperplane separates two classes, strictly or but for rows that lie on it. Without a penalty the logistic likelihood
 * has a finite maximum if and only if neither is so (Albert and Anderson, "On the existence of maximum likelihood estimates in
 * logistic regression models", Biometrika 71, 1984).
 *
 * <p>With the signed rows \( z_i = \tilde y_i (x_i, 1) \), scaled to length 1, one non-negative least-squares problem decides:
 * minimise \( \|\sum_i (1 + \beta_i) z_i\| \) over \( \beta \ge 0 \). Where the minimum is 0, the combination with its positive
 * weights is Stiemke's certificate that no direction has all margins \( \ge 0 \) and one positive. Where it is not, the
 * residual r is such a direction: \( r^\top z_i \ge 0 \) are the optimality conditions, and
 * \( \sum_i r^\top z_i = \|r\|^2 \). The maximal margin then tells strict separation from the other.
 */
public final class LinearSeparability {
    private static final double WEAK_PENALTY = 1e-6;

    /** Multiply-adds beyond which the exact problem would take minutes. */
    private static final double LARGEST_EXACT = 2e10;

    /** Of rows and directions of length 1: margins smaller than this count as zero. */
    private static final double ZERO_MARGIN = 1e-9;

    /** A margin larger than this is not rounding. */
    private static final double CLEAR_MARGIN = 1e-6;

    /** Length of a combination of rows of length 1, relative to its weights, that counts as zero. */
    private static final double ZERO_COMBINATION = 1e-10;

    private LinearSeparability() {}

    /** What was found. */
    public enum Verdict {
        /** Some direction has every margin positive. */
        SEPARABLE,
        /** Not that, but some direction has no margin negative, to rounding, and some positive. */
        QUASI_SEPARABLE,
        /** The classes overlap: the maximum-likelihood estimate is finite. */
        NOT_SEPARABLE,
        /** Neither could be certified; the reason says why. */
        NOT_CERTIFIED
    }

    /**
     * A verdict with its evidence.
     *
     * @param verdict what was found
     * @param direction weights w of the separating hyperplane \( w^\top x + b = 0 \), class 1 on its positive side; empty where
     *     there is none
     * @param intercept b; 0 without an intercept
     * @param smallestMargin smallest \( \tilde y_i (w^\top x_i + b) \): with SEPARABLE certainly positive, rounding included;
     *     NaN without a direction
     * @param onPlane rows on the hyperplane, with QUASI_SEPARABLE; else 0
     * @param certificate with NOT_SEPARABLE positive weights of the rows, whose combination of signed rows, each scaled to length 1
     *     after centring and scaling of the columns, is zero to rounding; else empty
     * @param reason one sentence
     */
    @SuppressWarnings("ArrayRecordComponent") // columns; two results are never compared
    public record Result(
            Verdict verdict,
            double[] direction,
            double intercept,
            double smallestMargin,
            int onPlane,
            double[] certificate,
            String reason) {}

    /**
     * @param x n x p
     * @param y n labels, 0 or 1
     * @param intercept whether the hyperplane need not pass through the origin
     * @return the verdict with its evidence
     * @throws IllegalArgumentException if X and y differ in rows, an entry is not finite, or a label is not 0 or 1
     * @throws SingleClassException if all rows have the same label
     */
    public static Result test(DMatrixRMaj x, int[] y, boolean intercept) {
        Settings settings = new Settings();
        settings.intercept = intercept;
        Result found = of(Sample.of(x, y, settings));
        if (found.verdict() != Verdict.SEPARABLE) {
            return found;
        }
        // the sample's columns were centred, which rounds; what is certified are the margins of the rows as given
        double smallest = smallestMargin(x, y, found.direction(), found.intercept());
        return smallest > 0
                ? new Result(
                        Verdict.SEPARABLE,
                        found.direction(),
                        found.intercept(),
                        smallest,
                        0,
                        new double[0],
                        "every margin of the direction is positive")
                : uncertified("the smallest margin of the best direction is within rounding of zero");
    }

    /** Smallest margin less its bound on rounding, in twice the precision. */
    private static double smallestMargin(DMatrixRMaj x, int[] y, double[] w, double b) {
        int p = x.numCols;
        double[] row = new double[p + 1];
        double[] signed = new double[p + 1];
        double smallest = Double.POSITIVE_INFINITY;
        row[p] = 1;
        for (int i = 0; i < x.numRows; i++) {
            System.arraycopy(x.data, i * p, row, 0, p);
            int sign = 2 * y[i] - 1;
            for (int j = 0; j < p; j++) {
                signed[j] = sign * w[j];
            }
            signed[p] = sign * b;
            smallest = Math.min(smallest, DotEnclosure.of(row, 0, 1, signed).lower());
        }
        return smallest;
    }

    /** The verdict on rows of positive weight; margins are those of the centred columns. */
    static Result of(Sample sample) {
        RidgeFit weak = weak(sample);
        if (separates(sample, weak)) {
            return separable(weak.weights(), weak.intercept());
        }
        int d = sample.columns + (sample.intercept ? 1 : 0);
        double work = (double) sample.rows * d * Math.min(sample.rows, d);
        if (work > LARGEST_EXACT) {
            return uncertified(String.format(
                    Locale.ROOT,
                    "%d rows x %d columns are too many for the exact test, and a weakly penalised fit does not separate them",
                    sample.rows,
                    sample.columns));
        }
        return exactly(new SignedRows(sample));
    }

    private static Result exactly(SignedRows rows) {
        int n = rows.count;
        int d = rows.columns;
        double[] sum = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                sum[j] -= rows.values[i * d + j];
            }
        }
        Nnls.Solution solution = Nnls.withDefaults().solveByColumn(rows.values, d, n, sum);
        double[] weights = solution.x();
        double total = 0;
        for (int i = 0; i < n; i++) {
            weights[i] += 1;
            total += weights[i];
        }
        double[] r = rows.combination(weights);
        double length = SignedRows.norm(r);
        double[] margins = rows.margins(r, length);
        double smallest = Arrays.stream(margins).min().orElse(0);
        double largest = Arrays.stream(margins).max().orElse(0);
        if (smallest >= -ZERO_MARGIN && largest > CLEAR_MARGIN) {
            return smallest > ZERO_MARGIN && rows.zeros() == 0
                    ? separable(rows.direction(r), rows.intercept(r))
                    : strictlyOrNot(rows, r, margins);
        }
        if (length <= ZERO_COMBINATION * total) {
            return new Result(
                    Verdict.NOT_SEPARABLE,
                    new double[0],
                    0,
                    Double.NaN,
                    0,
                    rows.rescaled(weights),
                    "a combination of all signed rows with positive weights is zero");
        }
        return uncertified(
                solution.converged()
                        ? "the data are separable or not within rounding"
                        : "the exact test used up its iterations");
    }

    /** No margin is negative and some are zero: another direction may still have all of them positive. */
    private static Result strictlyOrNot(SignedRows rows, double[] r, double[] margins) {
        MarginResult best = MaxMargin.withDefaults().with(rows.backend).solve(rows.asData());
        if (rows.zeros() == 0 && best.separable() && best.marginLower() > ZERO_MARGIN) {
            double[] v = best.direction();
            return separable(rows.direction(v), rows.intercept(v));
        }
        int onPlane = (int) Arrays.stream(margins).filter(m -> m <= ZERO_MARGIN).count();
        return new Result(
                Verdict.QUASI_SEPARABLE,
                rows.direction(r),
                rows.intercept(r),
                0,
                onPlane,
                new double[0],
                "a hyperplane separates the classes but for " + onPlane + " rows that lie on it");
    }

    private static Result separable(double[] w, double b) {
        return new Result(Verdict.SEPARABLE, w, b, 0, 0, new double[0], "every margin of the direction is positive");
    }

    private static Result uncertified(String reason) {
        return new Result(Verdict.NOT_CERTIFIED, new double[0], 0, Double.NaN, 0, new double[0], reason);
    }

    private static RidgeFit weak(Sample sample) {
        double lambda = WEAK_PENALTY * sample.totalWeight;
        Settings settings = new Settings();
        settings.chosenBackend = sample.backend;
        return new PathSolver(settings, new double[] {lambda}).solve(sample).get(0);
    }

    /** Fits with a weak penalty and looks whether every margin is positive: yes is a proof, no is not. */
    static boolean quick(Sample sample) {
        return separates(sample, weak(sample));
    }

    private static boolean separates(Sample sample, RidgeFit fit) {
        for (double margin : margins(sample, fit)) {
            if (!(margin > 0)) {
                return false;
            }
        }
        return true;
    }

    private static double[] margins(Sample sample, RidgeFit fit) {
        double[] f = new double[sample.rows];
        double[] w = fit.weights();
        sample.backend.gemv(sample.design, w, f);
        double b = fit.intercept() + sample.atCentre(w);
        for (int i = 0; i < f.length; i++) {
            f[i] = sample.labels[i] == 1 ? f[i] + b : -(f[i] + b);
        }
        return f;
    }

    /**
     * Whether an unpenalised fit is its own certificate that the maximum exists. At a maximum the signed rows with the weights
     * \( \alpha_i = c_i s(-m_i) > 0 \) add up to zero. A direction v with no margin negative and margins adding up to 1 has
     * \( \min_i \alpha_i \le \alpha^\top Z v \le \|Z^\top \alpha\|_\infty \|v\|_1 \): it could only be huge.
     */
    static boolean certifiesItself(Sample sample, RidgeFit fit) {
        double[] margins = margins(sample, fit);
        double[] alpha = new double[sample.rows];
        double smallest = Double.POSITIVE_INFINITY;
        double interceptSum = 0;
        for (int i = 0; i < alpha.length; i++) {
            double weight = sample.weights[i] * LogisticLoss.sigmoidNegative(margins[i]);
            smallest = Math.min(smallest, weight);
            alpha[i] = sample.labels[i] == 1 ? weight : -weight;
            interceptSum += alpha[i];
        }
        double[] sums = new double[sample.columns];
        sample.backend.gemtv(sample.design, alpha, sums);
        double largest = sample.intercept ? Math.abs(interceptSum) : 0;
        for (int j = 0; j < sums.length; j++) {
            double scale = SignedRows.largest(sample, j);
            largest = scale > 0 ? Math.max(largest, Math.abs(sums[j]) / scale) : largest;
        }
        return largest <= CLEAR_MARGIN * smallest;
    }
}
