package io.verity.estimators.hconsistency;

import java.util.ArrayList;
import java.util.List;

/** A distribution on a few points with scores, and both mean regrets. */
record Instance(List<Point> points, double zeroOneRegret, double surrogateRegret) {
    /** One point: its weight, class probabilities, scores and regrets. */
    @SuppressWarnings("ArrayRecordComponent") // passed along inside the search, never compared
    record Point(double weight, double[] p, double[] scores, double zeroOneRegret, double surrogateRegret) {
        Point weighing(double share) {
            return new Point(share, p, scores, zeroOneRegret, surrogateRegret);
        }
    }

    static Instance of(List<Point> points) {
        double t = 0;
        double r = 0;
        for (Point point : points) {
            t += point.weight() * point.zeroOneRegret();
            r += point.weight() * point.surrogateRegret();
        }
        return new Instance(List.copyOf(points), t, r);
    }

    /** One point at which a class is predicted with the smallest surrogate regret. */
    static Instance predicting(Surrogate surrogate, double[] p, int predicted) {
        double[] scores = surrogate.scoresGivenPrediction(p, predicted);
        // A numerical optimum given the prediction is costly, and is the risk of these scores.
        double regret =
                surrogate.closedForm() ? surrogate.regretGivenPrediction(p, predicted) : surrogate.regret(p, scores);
        return of(List.of(new Point(1, p, scores, Pooling.max(p) - p[predicted], regret)));
    }

    /** One point with given scores. */
    static Point point(Surrogate surrogate, double weight, double[] p, double[] scores) {
        return new Point(weight, p, scores, ZeroOne.regret(p, scores), surrogate.regret(p, scores));
    }

    static Instance mixture(Instance a, Instance b, double share) {
        List<Point> points = new ArrayList<>();
        a.points().forEach(x -> points.add(x.weighing(share * x.weight())));
        b.points().forEach(x -> points.add(x.weighing((1 - share) * x.weight())));
        return of(points);
    }

    double ratio(Candidate candidate) {
        return candidate.ratio(zeroOneRegret, surrogateRegret);
    }
}
