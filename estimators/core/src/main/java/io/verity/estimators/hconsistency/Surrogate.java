package io.verity.estimators.hconsistency;

import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import java.util.Optional;

/**
 * A surrogate loss with the scores over which it is minimised, seen at one x: the conditional risk \( C(h, p) = \sum_y p_y
 * \ell(h, y) \), its infimum over the scores, and its infimum over the scores that predict a given class, ties included (a
 * tie is resolved against the learner).
 *
 * <p>Scores are vectors of K numbers. A binary margin loss reads them as \( f = h_2 - h_1 \), the second class being y = +1.
 */
public interface Surrogate {
    /**
     * The loss, with bounds of the scores where there are any.
     *
     * @return a name for tables and messages
     */
    String name();

    /**
     * The conditional risk.
     *
     * @param p probabilities of the K classes
     * @param scores K finite scores
     * @return \( C(h, p) \); a class without probability costs nothing; may be infinite
     */
    double risk(double[] p, double[] scores);

    /**
     * The smallest conditional risk.
     *
     * @param p probabilities of the K classes
     * @return \( C^*(p) \)
     */
    double optimum(double[] p);

    /**
     * The smallest conditional risk among scores whose top score, alone or tied, belongs to one class.
     *
     * @param p probabilities of the K classes
     * @param predicted that class, 0..K-1
     * @return the infimum, at least {@link #optimum}
     */
    default double optimumGivenPrediction(double[] p, int predicted) {
        return optimum(p) + regretGivenPrediction(p, predicted);
    }

    /**
     * The smallest conditional regret among scores that predict one class.
     *
     * @param p probabilities of the K classes
     * @param predicted that class, 0..K-1
     * @return optimum given the prediction minus optimum, at least 0, with as many digits as the formula allows
     */
    double regretGivenPrediction(double[] p, int predicted);

    /**
     * Scores that attain the optimum given a prediction, or come as close as finite scores can: where the infimum is reached
     * at infinity, differences stop at 50.
     *
     * @param p probabilities of the K classes
     * @param predicted a class, 0..K-1
     * @return K scores, the predicted class's at the top within 1e-12
     */
    double[] scoresGivenPrediction(double[] p, int predicted);

    /**
     * The conditional regret of scores.
     *
     * @param p probabilities of the K classes
     * @param scores K finite scores
     * @return \( C(h, p) - C^*(p) \), not below 0
     */
    default double regret(double[] p, double[] scores) {
        return Math.max(0, risk(p, scores) - optimum(p));
    }

    /**
     * The conditional regret of scores in about 40 digits, where the loss has a formula for that; what a counterexample is
     * confirmed with.
     *
     * @param p probabilities, read as the decimals they print as, and divided by their sum
     * @param scores K finite scores, read the same way
     * @return the regret, or empty where only doubles are available
     */
    default Optional<Decimal> preciseRegret(double[] p, double[] scores) {
        return Optional.empty();
    }

    /**
     * What rounding may take from a regret: a search counts as much on top before it calls a pair a violation.
     *
     * @return an absolute error
     */
    default double noise() {
        return 2e-15;
    }

    /**
     * The conditional regret of scores, sought harder than for {@link #regret} where the optimum is numerical.
     *
     * @param p probabilities of the K classes
     * @param scores K finite scores
     * @return the regret, not below 0
     */
    default double confirmedRegret(double[] p, double[] scores) {
        return regret(p, scores);
    }

    /**
     * Whether adding a number to all scores changes nothing.
     *
     * @return true for losses of score differences without bounds of the scores
     */
    default boolean shiftInvariant() {
        return true;
    }

    /**
     * The nearest scores that are allowed.
     *
     * @param scores any scores; changed in place
     * @return the same array
     */
    default double[] allow(double[] scores) {
        return scores;
    }

    /**
     * Whether a permutation of the classes changes nothing.
     *
     * @return true for losses that treat all classes alike
     */
    default boolean symmetric() {
        return true;
    }

    /**
     * Whether risks are cheap formulas rather than numerical minimisations.
     *
     * @return true when thousands of evaluations cost milliseconds
     */
    default boolean closedForm() {
        return true;
    }

    /**
     * The surrogate of a multiclass loss whose scores have no bounds. Comp-sum and hinge losses get their closed forms; for
     * any other loss the conditional optima are sought numerically, from many starts.
     *
     * @param loss any loss of K scores
     * @return its surrogate
     */
    static Surrogate of(MulticlassLoss loss) {
        if (loss instanceof CompSumLoss compSum) {
            return new CompSumSurrogate(compSum);
        }
        if (loss instanceof ConstrainedHinge
                || loss instanceof CrammerSingerHinge
                || loss instanceof WestonWatkinsHinge) {
            return new HingeSurrogate(loss);
        }
        return new NumericSurrogate(loss);
    }

    /**
     * The surrogate of a binary margin loss with bounded scores.
     *
     * @param loss the margin loss
     * @param bound A, positive; infinity for scores without bounds
     * @return its surrogate, for two classes
     * @throws IllegalArgumentException if the bound is not positive
     */
    static Surrogate margin(MarginLoss loss, double bound) {
        return new MarginSurrogate(loss, MarginTransform.checkBound("the bound A of the scores", bound));
    }

    /**
     * Cross-entropy with every score in \( [-\Lambda, \Lambda] \).
     *
     * @param lambda the bound, positive and finite
     * @return its surrogate
     * @throws IllegalArgumentException if the bound is not positive and finite
     */
    static Surrogate crossEntropyInBox(double lambda) {
        return new BoxSurrogate(lambda);
    }
}
