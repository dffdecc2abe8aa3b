package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * H-consistency bounds on distributions that are known: both sides of \( E_x[\Delta C_{01}] \le \Gamma(E_x[\Delta C_\ell]) \).
 *
 * <p>Because \( R_\ell(h) - R^*_\ell(H) + M_\ell(H) = E_x[\Delta C_\ell(h, x)] \), a bound can be checked without knowing the
 * best risk in the class. On real data the conditional optimum is unknown, and nothing here applies to estimated
 * probabilities but as a plug-in, which is no guarantee.
 */
public final class HConsistency {
    private static final double SLACK = 1e-9;

    private HConsistency() {}

    /**
     * The minimizability gap of a loss over a class of hypotheses.
     *
     * @param distribution points with their class probabilities; with features unless the hypotheses are all functions
     * @param loss the surrogate loss
     * @param hypotheses the class
     * @return best-in-class risk, mean conditional optimum and gap
     * @throws IllegalArgumentException as {@link MinimizabilityGap#of(FiniteDistribution, MulticlassLoss, Hypotheses)}
     */
    public static MinimizabilityGap gap(FiniteDistribution distribution, MulticlassLoss loss, Hypotheses hypotheses) {
        return MinimizabilityGap.of(distribution, loss, hypotheses);
    }

    /**
     * The minimizability gap of a binary margin loss.
     *
     * @param distribution points with the probabilities of two classes
     * @param loss the margin loss
     * @param hypotheses the class
     * @return best-in-class risk, mean conditional optimum and gap
     * @throws IllegalArgumentException as {@link MinimizabilityGap#of(FiniteDistribution, MarginLoss, Hypotheses)}
     */
    public static MinimizabilityGap gap(FiniteDistribution distribution, MarginLoss loss, Hypotheses hypotheses) {
        return MinimizabilityGap.of(distribution, loss, hypotheses);
    }

    /**
     * Both sides of the known bound of a loss.
     *
     * @param distribution N points with known class probabilities
     * @param loss a comp-sum loss or the constrained hinge
     * @param scores N rows of K scores
     * @return both sides
     * @throws IllegalArgumentException if the sizes differ, a score is not finite, or no bound is known for the loss
     */
    public static HConsistencyReport check(FiniteDistribution distribution, MulticlassLoss loss, double[][] scores) {
        Surrogate surrogate = Surrogate.of(loss);
        Optional<Transform> transform = Transforms.of(surrogate, distribution.classes());
        Arguments.require(
                transform.isPresent(), "no transform is known for the %s; give one to check against", loss.name());
        return check(distribution, surrogate, scores, transform.orElseThrow());
    }

    /**
     * Both sides of a bound.
     *
     * @param distribution N points with known class probabilities
     * @param surrogate the loss and the scores it may be minimised over
     * @param scores N rows of K scores
     * @param transform the bound
     * @return both sides
     * @throws IllegalArgumentException if the sizes differ or a score is not finite
     */
    public static HConsistencyReport check(
            FiniteDistribution distribution, Surrogate surrogate, double[][] scores, Transform transform) {
        Arguments.require(
                scores.length == distribution.size(),
                "there are %d rows of scores and %d points",
                scores.length,
                distribution.size());
        Arguments.finiteMatrix("scores", scores);
        Arguments.require(
                scores[0].length == distribution.classes(),
                "there are %d scores per point and %d classes",
                scores[0].length,
                distribution.classes());
        double zeroOne = 0;
        double risk = 0;
        double optimum = 0;
        double regret = 0;
        double pointwise = 0;
        List<HConsistencyReport.Point> points = new ArrayList<>();
        for (int i = 0; i < distribution.size(); i++) {
            double w = distribution.weight(i);
            double[] p = distribution.p(i);
            double t = ZeroOne.regret(p, scores[i]);
            double r = surrogate.regret(p, scores[i]);
            double g = transform.gamma(r);
            points.add(new HConsistencyReport.Point(w, ZeroOne.predicted(p, scores[i]), t, r, g));
            if (w > 0) { // a point without mass may have infinite risk
                zeroOne += w * t;
                risk += w * surrogate.risk(p, scores[i]);
                optimum += w * surrogate.optimum(p);
                regret += w * r;
                pointwise += w * g;
            }
        }
        double gamma = transform.gamma(regret);
        double ratio = zeroOne == 0 ? 0 : zeroOne / gamma;
        return new HConsistencyReport(
                surrogate.name(),
                transform.formula(),
                zeroOne,
                risk,
                optimum,
                regret,
                gamma,
                pointwise,
                ratio,
                zeroOne <= gamma * (1 + SLACK) + 1e-15,
                points);
    }

    /**
     * Searches for a distribution and scores that violate a candidate bound. Deterministic for a seed.
     *
     * @param surrogate the loss and the scores it may be minimised over
     * @param classes number of classes K, at least 2
     * @param candidate the bound, true or false
     * @param restarts random restarts of the search, at least 1; 50 is quick, a thousand is thorough
     * @param seed of everything random
     * @return a confirmed and shrunk counterexample, or the largest ratio seen, which proves nothing
     * @throws IllegalArgumentException if there are fewer than 2 classes, or the candidate is a number nowhere
     */
    public static Verification verify(Surrogate surrogate, int classes, Candidate candidate, int restarts, long seed) {
        Arguments.atLeast("the number of classes K", classes, 2);
        Arguments.atLeast("restarts", restarts, 1);
        candidate.requireSomeClaim();
        CounterexampleSearch.Found found =
                new CounterexampleSearch(surrogate, classes, candidate, restarts, seed).run();
        Optional<Counterexample> shrunk = found.ratio() > 1 + 1e-6
                ? new Shrinking(surrogate, classes, candidate).of(found.worst())
                : Optional.empty();
        return new Verification(
                candidate,
                surrogate.name(),
                classes,
                shrunk,
                shrunk.map(Counterexample::ratio).orElse(found.ratio()),
                describe(found.worst()),
                found.examined());
    }

    /**
     * Searches for a violation of \( E[\Delta C_{01}] \le \Gamma(E[\Delta C_\ell]) \).
     *
     * @param loss any loss of K scores
     * @param classes number of classes K, at least 2
     * @param gamma the candidate
     * @param restarts random restarts of the search, at least 1
     * @param seed of everything random
     * @return what the search found
     * @throws IllegalArgumentException as {@link #verify(Surrogate, int, Candidate, int, long)}
     */
    public static Verification verify(
            MulticlassLoss loss, int classes, DoubleUnaryOperator gamma, int restarts, long seed) {
        return verify(Surrogate.of(loss), classes, Candidate.gamma("candidate", gamma), restarts, seed);
    }

    private static String describe(Instance instance) {
        StringBuilder words = new StringBuilder();
        for (Instance.Point point : instance.points()) {
            words.append(words.length() == 0 ? "" : "; ")
                    .append(String.format(Locale.ROOT, "weight %.4g, p", point.weight()));
            for (double v : point.p()) {
                words.append(String.format(Locale.ROOT, " %.5g", v));
            }
            words.append(", scores");
            for (double v : point.scores()) {
                words.append(String.format(Locale.ROOT, " %.5g", v));
            }
        }
        return words.toString();
    }
}
