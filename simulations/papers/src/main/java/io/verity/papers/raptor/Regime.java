package io.verity.papers.raptor;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.estimators.logistic.theory.RidgeLogisticTheory;
import io.verity.papers.evidence.Numbers;
import io.verity.stats.random.RandomStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A point of the theory: signal strength, n/p, and penalty in the mean unit.
 *
 * @param kappa norm of the teacher
 * @param delta n/p
 * @param lambdaMean penalty beside the mean loss
 */
record Regime(double kappa, double delta, double lambdaMean) {
    GaussianSample draw(RandomStream stream, int columns) {
        return GaussianSample.draw(stream, kappa, rows(columns), columns);
    }

    int rows(int columns) {
        return (int) Math.round(delta * columns);
    }

    /** Short name: "(2, 2, 0.1)". */
    String words() {
        return "(" + Numbers.text(kappa) + ", " + Numbers.text(delta) + ", " + Numbers.text(lambdaMean) + ")";
    }

    /** Solutions of the theory, each computed when first asked for. */
    static final class Theory {
        private final Map<Regime, FixedPoint> known = new ConcurrentHashMap<>();

        private final Map<Overlap, Double> overlaps = new ConcurrentHashMap<>();

        private record Overlap(Regime regime, double shared) {}

        FixedPoint at(Regime regime) {
            return known.computeIfAbsent(regime, r -> RidgeLogisticTheory.solve(r.kappa(), r.delta(), r.lambdaMean()));
        }

        /** Cosine of two probes that share a fraction of their rows. */
        double overlap(Regime regime, double shared) {
            return overlaps.computeIfAbsent(
                    new Overlap(regime, shared), o -> at(regime).overlapCosine(shared));
        }
    }
}
