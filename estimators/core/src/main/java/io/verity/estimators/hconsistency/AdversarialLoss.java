package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.CompSumLoss;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The smooth adversarial comp-sum loss of linear scores \( h_k(x) = w_k \cdot x + b_k \) (Mao, Mohri and Zhong, arXiv
 * 2304.07288, section 5): with \( \Phi_\tau(u) = ((1+u)^{1-\tau} - 1)/(1-\tau) \) (\( \log(1+u) \) for \( \tau = 1 \)),
 * \[ \Phi_\tau\Big(\sum_{y' \ne y} e^{-(h(x,y) - h(x,y'))/\rho}\Big) + \nu \sup_{\|\delta\| \le \gamma} \|D_y \delta\|_2, \]
 * \( D_y \) the matrix of the K-1 rows \( w_y - w_{y'} \).
 *
 * <p>With \( \nu \ge \sqrt{K-1}/\rho \) it is at least the worst \( \Phi_\tau \) of the summed rho-margin losses in the ball
 * around x, and so at least \( \Phi_\tau(1) \) wherever the ball contains a point that is not classified as y.
 */
public final class AdversarialLoss {
    /** The ball in which an adversary may move x. */
    public enum Ball {
        /** Euclidean: the supremum is \( \gamma \sigma_{max}(D_y) \). */
        L2,
        /** Largest coordinate: attained at a vector of signs. */
        LINF
    }

    /** Up to this many features the vectors of signs are enumerated. */
    public static final int MOST_ENUMERATED = 12;

    private final CompSumLoss loss;
    private final double rho;
    private final double nu;
    private final Ball ball;
    private final double gamma;

    private AdversarialLoss(CompSumLoss loss, double rho, double nu, Ball ball, double gamma) {
        this.loss = loss;
        this.rho = rho;
        this.nu = nu;
        this.ball = ball;
        this.gamma = gamma;
    }

    /**
     * The loss with \( \tau = 1 \), \( \rho = 1 \), \( \nu = \sqrt{K-1}/\rho \).
     *
     * @param ball shape of the adversary's ball
     * @param gamma its radius, at least 0
     * @return the loss
     * @throws IllegalArgumentException if the radius is negative or not finite
     */
    public static AdversarialLoss of(Ball ball, double gamma) {
        return new AdversarialLoss(
                CompSumLoss.crossEntropy(), 1, Double.NaN, ball, Arguments.nonNegative("the radius gamma", gamma));
    }

    /**
     * Another member of the comp-sum family.
     *
     * @param tau at least 0
     * @return the loss
     * @throws IllegalArgumentException if tau is negative or not finite
     */
    public AdversarialLoss withTau(double tau) {
        return new AdversarialLoss(CompSumLoss.tau(tau), rho, nu, ball, gamma);
    }

    /**
     * Another margin scale; nu follows it unless it was given.
     *
     * @param scale rho, positive
     * @return the loss
     * @throws IllegalArgumentException if rho is not positive and finite
     */
    public AdversarialLoss withRho(double scale) {
        return new AdversarialLoss(loss, Arguments.positive("rho", scale), nu, ball, gamma);
    }

    /**
     * Another weight of the smoothness term; below \( \sqrt{K-1}/\rho \) the domination is not guaranteed.
     *
     * @param weight nu, at least 0
     * @return the loss
     * @throws IllegalArgumentException if nu is negative or not finite
     */
    public AdversarialLoss withNu(double weight) {
        return new AdversarialLoss(loss, rho, Arguments.nonNegative("nu", weight), ball, gamma);
    }

    /**
     * The comp-sum loss, a function of scores divided by rho.
     *
     * @return the loss without an adversary
     */
    public CompSumLoss loss() {
        return loss;
    }

    /**
     * The margin scale.
     *
     * @return rho
     */
    public double rho() {
        return rho;
    }

    /**
     * The weight of the smoothness term.
     *
     * @param classes K
     * @return nu as given, else \( \sqrt{K-1}/\rho \)
     */
    public double nu(int classes) {
        return Double.isNaN(nu) ? Math.sqrt(classes - 1.0) / rho : nu;
    }

    /**
     * \( \Phi_\tau(u) \).
     *
     * @param u at least 0
     * @return the value; \( \Phi_\tau(1) \) is what a misclassifiable point costs at least
     */
    public double phi(double u) {
        return loss.ofSurprise(StrictMath.log1p(u));
    }

    /**
     * The loss of a row.
     *
     * @param w K rows of d weights
     * @param b K intercepts
     * @param x d features
     * @param y class, 0..K-1
     * @return the value; where {@link Sensitivity#exact} is false for the ball, a lower bound of it
     * @throws IllegalArgumentException if sizes differ, a number is not finite, or y is not a class
     */
    public double value(double[][] w, double[] b, double[] x, int y) {
        return loss.value(scaledScores(w, b, x), y)
                + nu(w.length) * sensitivity(w, y).value();
    }

    /** Scores divided by rho. */
    double[] scaledScores(double[][] w, double[] b, double[] x) {
        double[] scores = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            Arguments.require(
                    w[k].length == x.length,
                    "the model has %d features for class %d, but the row has %d",
                    w[k].length,
                    k,
                    x.length);
            scores[k] = b[k];
            for (int j = 0; j < x.length; j++) {
                scores[k] += w[k][j] * x[j];
            }
            scores[k] /= rho;
        }
        return scores;
    }

    /** The largest change of the score differences in the ball, where it is, and whether nothing larger exists. */
    public static final class Sensitivity {
        private final double value;
        private final double[] shift;
        private final boolean exact;

        Sensitivity(double value, double[] shift, boolean exact) {
            this.value = value;
            this.shift = shift;
            this.exact = exact;
        }

        /**
         * The supremum.
         *
         * @return \( \|D_y \delta\|_2 \) at {@link #shift}
         */
        public double value() {
            return value;
        }

        /**
         * The change of x that attains it.
         *
         * @return \( \delta \), a copy
         */
        public double[] shift() {
            return shift.clone();
        }

        /**
         * Whether the value is the supremum, not a lower bound of it.
         *
         * @return false for the largest-coordinate ball with more than 12 features
         */
        public boolean exact() {
            return exact;
        }
    }

    /**
     * \( \sup_{\|\delta\| \le \gamma} \|D_y \delta\|_2 \): the largest singular value for the Euclidean ball; for the
     * largest-coordinate ball the best vector of signs, enumerated up to 12 features, and beyond by exchanging signs from the
     * signs of the leading singular vector and of every row, a lower bound.
     *
     * @param w K rows of d weights
     * @param y class, 0..K-1
     * @return the supremum and where it is
     * @throws IllegalArgumentException if y is not a class, rows are ragged or a weight is not finite
     */
    public Sensitivity sensitivity(double[][] w, int y) {
        double[][] differences = differences(w, y);
        int d = w[0].length;
        double[] leading = leading(differences);
        if (ball == Ball.L2) {
            double[] shift = new double[d];
            for (int j = 0; j < d; j++) {
                shift[j] = gamma * leading[j];
            }
            return new Sensitivity(length(differences, shift), shift, true);
        }
        double[] signs = d <= MOST_ENUMERATED ? bestSigns(differences, d) : ascend(differences, leading);
        double[] shift = new double[d];
        for (int j = 0; j < d; j++) {
            shift[j] = gamma * signs[j];
        }
        return new Sensitivity(length(differences, shift), shift, d <= MOST_ENUMERATED);
    }

    private static double[][] differences(double[][] w, int y) {
        Arguments.require(w.length >= 2, "a classifier needs at least 2 classes, but has %d", w.length);
        Arguments.finiteMatrix("the weight matrix", w);
        Arguments.require(y >= 0 && y < w.length, "label %d is outside of the allowed range 0..%d", y, w.length - 1);
        int d = w[0].length;
        double[][] rows = new double[w.length - 1][d];
        int at = 0;
        for (int k = 0; k < w.length; k++) {
            if (k != y) {
                for (int j = 0; j < d; j++) {
                    rows[at][j] = w[y][j] - w[k][j];
                }
                at++;
            }
        }
        return rows;
    }

    /** The right singular vector of the largest singular value. */
    private static double[] leading(double[][] rows) {
        int d = rows[0].length;
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(rows.length, d, false, true, true);
        if (!svd.decompose(new DMatrixRMaj(rows))) {
            throw new IllegalStateException("the singular value decomposition of the weights did not converge");
        }
        double[] singular = svd.getSingularValues();
        int best = 0;
        for (int k = 0; k < singular.length; k++) {
            best = singular[k] > singular[best] ? k : best;
        }
        DMatrixRMaj vt = svd.getV(null, true);
        double[] vector = new double[d];
        for (int j = 0; j < d; j++) {
            vector[j] = vt.get(best, j);
        }
        return vector;
    }

    private static double[] bestSigns(double[][] rows, int d) {
        double[] best = new double[d];
        double[] signs = new double[d];
        double longest = -1;
        // delta and -delta give the same length: the last sign stays positive.
        for (int code = 0; code < 1 << (d - 1); code++) {
            for (int j = 0; j < d; j++) {
                signs[j] = (code >> j & 1) == 0 ? 1 : -1;
            }
            double length = length(rows, signs);
            if (length > longest) {
                longest = length;
                best = signs.clone();
            }
        }
        return best;
    }

    private static double[] ascend(double[][] rows, double[] leading) {
        double[] best = climb(rows, leading);
        for (double[] row : rows) {
            double[] other = climb(rows, row);
            best = length(rows, other) > length(rows, best) ? other : best;
        }
        return best;
    }

    /** Signs of D^T D s are a longer vector than s, until nothing changes; then single signs are exchanged. */
    private static double[] climb(double[][] rows, double[] start) {
        int d = start.length;
        double[] signs = new double[d];
        for (int j = 0; j < d; j++) {
            signs[j] = start[j] < 0 ? -1 : 1;
        }
        double length = length(rows, signs);
        for (boolean grew = true; grew; ) {
            grew = false;
            double[] next = new double[d];
            for (double[] row : rows) {
                double product = 0;
                for (int j = 0; j < d; j++) {
                    product += row[j] * signs[j];
                }
                for (int j = 0; j < d; j++) {
                    next[j] += product * row[j];
                }
            }
            for (int j = 0; j < d; j++) {
                next[j] = next[j] < 0 ? -1 : 1;
            }
            double longer = length(rows, next);
            if (longer > length * (1 + 1e-14)) {
                length = longer;
                signs = next;
                grew = true;
            }
            for (int j = 0; j < d; j++) {
                signs[j] = -signs[j];
                longer = length(rows, signs);
                if (longer > length * (1 + 1e-14)) {
                    length = longer;
                    grew = true;
                } else {
                    signs[j] = -signs[j];
                }
            }
        }
        return signs;
    }

    private static double length(double[][] rows, double[] v) {
        double norm = 0;
        for (double[] row : rows) {
            double product = 0;
            for (int j = 0; j < v.length; j++) {
                product += row[j] * v[j];
            }
            norm = Math.hypot(norm, product);
        }
        return norm;
    }

    /**
     * The smallest lead of class y in the ball, \( \min_{y'} [h(x,y) - h(x,y') - \gamma \|w_y - w_{y'}\|_*] \), in the dual norm:
     * exact for linear scores.
     *
     * @param w K rows of d weights
     * @param b K intercepts
     * @param x d features
     * @param y class, 0..K-1
     * @return the lead; the ball contains a point that may be misclassified exactly when it is not positive
     * @throws IllegalArgumentException if sizes differ, a number is not finite, or y is not a class
     */
    public double worstLead(double[][] w, double[] b, double[] x, int y) {
        double[] scores = scaledScores(w, b, x);
        double[][] differences = differences(w, y);
        double worst = Double.POSITIVE_INFINITY;
        int at = 0;
        for (int k = 0; k < w.length; k++) {
            if (k != y) {
                double dual = 0;
                for (double v : differences[at]) {
                    dual = ball == Ball.L2 ? Math.hypot(dual, v) : dual + Math.abs(v);
                }
                worst = Math.min(worst, rho * (scores[y] - scores[k]) - gamma * dual);
                at++;
            }
        }
        return worst;
    }

    /**
     * \( \Phi_\tau \) of the summed rho-margin losses at the most damaging of the K-1 points of the ball that move straight
     * towards one rival, and of x itself: a lower bound of its supremum over the ball.
     *
     * @param w K rows of d weights
     * @param b K intercepts
     * @param x d features
     * @param y class, 0..K-1
     * @return \( \max_{x'} \Phi_\tau(\sum_{y' \ne y} \min(1, \max(0, 1 - (h(x',y) - h(x',y'))/\rho))) \) over these points
     * @throws IllegalArgumentException if sizes differ, a number is not finite, or y is not a class
     */
    public double attacked(double[][] w, double[] b, double[] x, int y) {
        double worst = phi(margins(scaledScores(w, b, x), y));
        for (double[] difference : differences(w, y)) {
            double norm = 0;
            for (double v : difference) {
                norm = Math.hypot(norm, v);
            }
            double[] moved = x.clone();
            for (int j = 0; j < x.length; j++) {
                double direction = ball == Ball.LINF ? Math.signum(difference[j]) : norm > 0 ? difference[j] / norm : 0;
                moved[j] -= gamma * direction;
            }
            worst = Math.max(worst, phi(margins(scaledScores(w, b, moved), y)));
        }
        return worst;
    }

    private static double margins(double[] scaled, int y) {
        double sum = 0;
        for (int k = 0; k < scaled.length; k++) {
            sum += k == y ? 0 : Math.min(1, Math.max(0, 1 - (scaled[y] - scaled[k])));
        }
        return sum;
    }
}
