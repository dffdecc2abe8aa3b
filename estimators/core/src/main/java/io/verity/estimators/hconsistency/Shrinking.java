package io.verity.estimators.hconsistency;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a violating instance small: few points, few classes with mass, probabilities and scores with few decimals. */
final class Shrinking {
    /** The smallest preferences for the predicted class with which a tie is broken; 0 leaves the tie to the adversary. */
    private static final double[] PREFERENCES = {1e-6, 1e-9, 0};

    private static final double CLEAR = 1 + 1e-4;

    private final Surrogate surrogate;
    private final int classes;
    private final Candidate candidate;
    private final Confirmation confirmation;

    Shrinking(Surrogate surrogate, int classes, Candidate candidate) {
        this.surrogate = surrogate;
        this.classes = classes;
        this.candidate = candidate;
        this.confirmation = new Confirmation(surrogate, candidate);
    }

    /** @return the simplest confirmed version of the violation, or empty if not even the violation itself is confirmed */
    Optional<Counterexample> of(Instance found) {
        Optional<Counterexample> itself = confirmation.of(found);
        if (itself.isEmpty()) {
            return itself;
        }
        Optional<Counterexample> simple = simplePoint();
        if (simple.isPresent()) {
            return simple;
        }
        for (int digits = 1; digits <= 12; digits++) {
            Optional<Counterexample> rounded = rounded(found, digits);
            if (rounded.isPresent()) {
                return rounded;
            }
        }
        return itself;
    }

    /** One point whose probabilities are tenths, then twentieths, fiftieths or hundredths on two classes. */
    private Optional<Counterexample> simplePoint() {
        for (int mass = 2; mass <= Math.min(classes, surrogate.closedForm() && classes <= 10 ? 6 : 3); mass++) {
            Optional<Counterexample> tenths = among(parts(10, mass), 10);
            if (tenths.isPresent()) {
                return tenths;
            }
        }
        for (int denominator : surrogate.closedForm() ? new int[] {20, 50, 100} : new int[] {20}) {
            Optional<Counterexample> two = among(parts(denominator, 2), denominator);
            if (two.isPresent()) {
                return two;
            }
        }
        return Optional.empty();
    }

    /** Partitions of a whole into a number of positive parts, descending. */
    private static List<int[]> parts(int whole, int count) {
        List<int[]> all = new ArrayList<>();
        extend(all, new int[count], 0, whole, whole);
        return all;
    }

    private static void extend(List<int[]> all, int[] parts, int at, int left, int most) {
        if (at == parts.length) {
            if (left == 0) {
                all.add(parts.clone());
            }
            return;
        }
        for (int part = Math.min(most, left - (parts.length - at - 1)); part >= 1; part--) {
            parts[at] = part;
            extend(all, parts, at + 1, left - part, part);
        }
    }

    /** The most clearly violating of some simple points, with any class predicted. */
    private Optional<Counterexample> among(List<int[]> partitions, int denominator) {
        Optional<Counterexample> best = Optional.empty();
        for (int[] parts : partitions) {
            double[] p = new double[classes];
            for (int k = 0; k < parts.length; k++) {
                p[k] = parts[k] / (double) denominator;
            }
            for (int predicted = 1; predicted < Math.min(classes, parts.length + 1); predicted++) {
                Instance instance = Instance.predicting(surrogate, p, predicted);
                if (instance.ratio(candidate) > CLEAR) {
                    Optional<Counterexample> shown = shown(p, predicted);
                    if (shown.isPresent()
                            && (best.isEmpty()
                                    || shown.orElseThrow().ratio()
                                            > best.orElseThrow().ratio())) {
                        best = shown;
                    }
                }
            }
        }
        return best;
    }

    /** Round scores, with a visible preference for the predicted class where the violation allows it. */
    private Optional<Counterexample> shown(double[] p, int predicted) {
        double[] free = surrogate.scoresGivenPrediction(p, predicted);
        for (int digits = 1; digits <= 12; digits += digits < 4 ? 1 : 2) {
            for (double preference : PREFERENCES) {
                double[] scores = roundedScores(free, predicted, digits, preference);
                if (ZeroOne.predicted(p, scores) == predicted) {
                    Instance.Point point = Instance.point(surrogate, 1, p, scores);
                    Optional<Counterexample> confirmed = confirmation.of(Instance.of(List.of(point)));
                    if (confirmed.isPresent()) {
                        return confirmed;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private double[] roundedScores(double[] free, int predicted, int digits, double preference) {
        double[] scores = new double[free.length];
        double top = free[predicted];
        boolean alone = true;
        for (int k = 0; k < free.length; k++) {
            scores[k] = round(free[k] - (surrogate.shiftInvariant() ? top : 0), digits);
            alone &= k == predicted || free[k] < top - 1e-9;
        }
        for (int k = 0; k < free.length; k++) {
            scores[k] = Math.min(scores[k], scores[predicted]);
        }
        if (!alone) {
            scores[predicted] += preference;
        }
        return surrogate.allow(scores);
    }

    private static double round(double value, int digits) {
        return BigDecimal.valueOf(value)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    /** The found instance with its weights, probabilities and scores to so many decimals. */
    private Optional<Counterexample> rounded(Instance found, int digits) {
        int n = found.points().size();
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = found.points().get(i).weight();
        }
        double[] shares = roundedShares(weights, Math.max(digits, 3));
        for (double preference : PREFERENCES) {
            List<Instance.Point> points = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Instance.Point point = found.points().get(i);
                double[] p = roundedShares(point.p(), digits);
                int predicted = ZeroOne.predicted(point.p(), point.scores());
                boolean best = Math.abs(surrogate.regretGivenPrediction(point.p(), predicted) - point.surrogateRegret())
                        <= 1e-6 * point.surrogateRegret();
                double[] scores = roundedScores(
                        best ? surrogate.scoresGivenPrediction(p, predicted) : point.scores(),
                        predicted,
                        Math.max(digits, 2),
                        preference);
                if (shares[i] > 0) {
                    points.add(Instance.point(surrogate, shares[i], p, scores));
                }
            }
            if (!points.isEmpty()) {
                Instance instance = Instance.of(points);
                if (instance.ratio(candidate) > 1) {
                    Optional<Counterexample> confirmed = confirmation.of(instance);
                    if (confirmed.isPresent()) {
                        return confirmed;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Rounds to decimals that sum to 1, the largest taking what is left. */
    private static double[] roundedShares(double[] values, int digits) {
        int largest = Pooling.argmax(values);
        BigDecimal rest = BigDecimal.ONE;
        double[] rounded = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            if (k != largest) {
                BigDecimal share = BigDecimal.valueOf(values[k]).setScale(digits, RoundingMode.HALF_EVEN);
                rest = rest.subtract(share);
                rounded[k] = share.doubleValue();
            }
        }
        rounded[largest] = Math.max(0, rest.doubleValue());
        return rounded;
    }
}
