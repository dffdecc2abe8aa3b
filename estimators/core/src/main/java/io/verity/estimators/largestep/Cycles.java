package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import java.util.OptionalInt;

/** Limit cycles of an orbit. */
public final class Cycles {
    private Cycles() {}

    /**
     * The smallest period p with \( \max_j |o_{k+p,j} - o_{k,j}| \le \epsilon\max(1, \max_j|o_{k,j}|) \) for every k for which
     * both points exist; the orbit must hold at least 3p points, so that 2p comparisons are made.
     *
     * @param orbit consecutive points after a burn-in, all of the same dimension
     * @param relativeTolerance epsilon, at least 0
     * @param maxPeriod largest period looked for, at least 1
     * @return the period; empty when none up to the largest holds, as for a chaotic orbit
     * @throws IllegalArgumentException if the tolerance is negative, the largest period is below 1, or the orbit is empty
     */
    public static OptionalInt period(double[][] orbit, double relativeTolerance, int maxPeriod) {
        Arguments.nonNegative("tolerance", relativeTolerance);
        Arguments.atLeast("largest period", maxPeriod, 1);
        Arguments.finiteMatrix("orbit", orbit);
        for (int p = 1; p <= maxPeriod && 3 * p <= orbit.length; p++) {
            if (repeats(orbit, p, relativeTolerance)) {
                return OptionalInt.of(p);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean repeats(double[][] orbit, int p, double tolerance) {
        for (int k = 0; k + p < orbit.length; k++) {
            double size = 1;
            double change = 0;
            for (int j = 0; j < orbit[k].length; j++) {
                size = Math.max(size, Math.abs(orbit[k][j]));
                change = Math.max(change, Math.abs(orbit[k + p][j] - orbit[k][j]));
            }
            if (change > tolerance * size) {
                return false;
            }
        }
        return true;
    }
}
