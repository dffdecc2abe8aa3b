package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Moves hidden states so that a probe sees a concept in them. Immutable.
 *
 * <p>With the probe's logit \( z(h) = w^\top h + b \) and a unit vector u, the state \( h' = h + \alpha u \) with
 * \( \alpha = (\mathrm{logit}(t) - z(h))/(w^\top u) \) has probability t exactly. For \( u = w/|w| \), the default, it is the
 * shortest such move, of length \( |\alpha| \). For \( u \propto S w \) with a covariance S of the states it is the shortest in
 * the metric of the data, \( d^\top S^{-1} d \): it goes along directions in which states do vary.
 */
public final class Steering {
    /** Layers whose probe is less accurate on test rows are not steered, by the paper's rule. */
    public static final double LAYER_GATE = 0.9;

    /** Rounding allowed for when a steered state is asked whether it has reached its target, in logits. */
    private static final double REACHED = 1e-9;

    private final LinearProbe probe;
    private final double[] direction;
    /** Change of the logit per unit of strength. */
    private final double gain;

    private final MinimalEdit edit;

    private Steering(LinearProbe probe, double[] direction, double gain, MinimalEdit edit) {
        this.probe = probe;
        this.direction = direction;
        this.gain = gain;
        this.edit = edit;
    }

    /**
     * @param probe whose probability is steered
     * @return steering along its concept vector, one-sided
     * @throws ZeroDirectionException if the probe has none
     */
    public static Steering along(LinearProbe probe) {
        return new Steering(probe, probe.conceptVector(), probe.norm(), MinimalEdit.ONE_SIDED);
    }

    /**
     * @param rule which states are moved
     * @return a copy with that rule
     */
    public Steering with(MinimalEdit rule) {
        return new Steering(probe, direction, gain, rule);
    }

    /**
     * Steers along \( S w \), S the covariance of the states inside classes (divisor n): \( d = c\,S w/(w^\top S w) \) changes the
     * logit by c and is the shortest change in the metric of \( S^{-1} \).
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which of them S is taken from (training rows)
     * @return a copy that steers so
     * @throws IllegalArgumentException if the number of columns differs from the probe's
     * @throws ZeroDirectionException if the states do not vary along the probe
     */
    public Steering withCovariance(DMatrixRMaj x, int[] y, int[] rows) {
        Arguments.require(
                x.numCols == probe.columns(),
                "the probe has %d weights, but x has %d columns",
                probe.columns(),
                x.numCols);
        Rows.checkTwoClasses(x.numRows, y);
        DMatrixRMaj r = Means.of(x, y, rows).residuals(x, y, rows);
        double[] weights = probe.weights();
        double[] u = Products.transposedTimes(r, Products.times(r, weights));
        double length = Rows.norm(u);
        if (length == 0) {
            throw new ZeroDirectionException(weights.length);
        }
        for (int j = 0; j < u.length; j++) {
            u[j] /= length;
        }
        return new Steering(probe, u, Rows.dot(weights, u), edit);
    }

    /** @return the unit vector along which states are moved */
    public double[] direction() {
        return direction.clone();
    }

    /** @return the probe whose probability is steered */
    public LinearProbe probe() {
        return probe;
    }

    /**
     * @param state a hidden state
     * @param target probability of class 1 wanted, strictly between 0 and 1
     * @return the strength that takes the state there; 0 where the rule leaves it alone
     * @throws IllegalArgumentException if the target is not inside (0, 1), or the state has another width or an entry that is not
     *     finite
     */
    public double alpha(double[] state, double target) {
        double wanted = logit(target);
        Arguments.allFinite("state", state);
        return strength(probe.score(state), target, wanted);
    }

    private double strength(double score, double target, double wanted) {
        if (edit == MinimalEdit.ONE_SIDED && (target > 0.5 ? score >= wanted : target < 0.5 && score <= wanted)) {
            return 0;
        }
        return (wanted - score) / gain;
    }

    /**
     * @param x states, one per row
     * @param target probability of class 1 wanted, strictly between 0 and 1
     * @return the strength of every row
     * @throws IllegalArgumentException if the target is not inside (0, 1), or the states have another width, no rows or an entry
     *     that is not finite
     */
    public double[] alphas(DMatrixRMaj x, double target) {
        double wanted = logit(target);
        return Arrays.stream(probe.scores(Rows.finite(x)))
                .map(score -> strength(score, target, wanted))
                .toArray();
    }

    /**
     * @param state a hidden state
     * @param target probability of class 1 wanted, strictly between 0 and 1
     * @return the state moved there
     * @throws IllegalArgumentException if the target is not inside (0, 1), or the state has another width or an entry that is not
     *     finite
     */
    public double[] steer(double[] state, double target) {
        return add(state, alpha(state, target));
    }

    /**
     * @param state a hidden state
     * @param strength how far it is moved, negative towards class 0
     * @return \( h + \alpha u \)
     * @throws IllegalArgumentException if the strength is not finite or the state has another width
     */
    public double[] add(double[] state, double strength) {
        Arguments.finite("strength", strength);
        Arguments.require(
                state.length == direction.length,
                "the probe has %d weights, but the state has %d columns",
                direction.length,
                state.length);
        double[] moved = state.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] = Math.fma(strength, direction[j], moved[j]);
        }
        return moved;
    }

    /**
     * @param x states, one per row
     * @param strengths one per row
     * @return the states moved
     * @throws IllegalArgumentException if there is not one strength per row
     */
    public DMatrixRMaj add(DMatrixRMaj x, double[] strengths) {
        Arguments.require(strengths.length == x.numRows, "%d strengths for %d rows", strengths.length, x.numRows);
        DMatrixRMaj moved = x.copy();
        for (int i = 0, at = 0; i < moved.numRows; i++) {
            for (int j = 0; j < moved.numCols; j++, at++) {
                moved.data[at] = Math.fma(strengths[i], direction[j], moved.data[at]);
            }
        }
        return moved;
    }

    /**
     * Share of states whose probability under a probe has passed a target. With the probe that steered them it is 1 by
     * construction; what says something is a probe fitted on other rows ({@link SteeringTrial}).
     *
     * @param judge any probe on the same columns
     * @param states one per row
     * @param target strictly between 0 and 1; above one half, states at or above it count, else those at or below
     * @return the share, from 0 to 1
     * @throws IllegalArgumentException if the target is not inside (0, 1) or the states have another width
     */
    public static double success(LinearProbe judge, DMatrixRMaj states, double target) {
        return success(judge.scores(states), target);
    }

    /** As above, from scores. */
    static double success(double[] scores, double target) {
        double wanted = logit(target);
        long passed = Arrays.stream(scores)
                .filter(score -> target >= 0.5 ? score >= wanted - REACHED : score <= wanted + REACHED)
                .count();
        return (double) passed / scores.length;
    }

    /** log t/(1-t). */
    static double logit(double target) {
        Arguments.require(
                target > 0 && target < 1,
                "the target probability must lie strictly between 0 and 1, but is %s",
                target);
        return StrictMath.log(target) - StrictMath.log1p(-target);
    }
}
