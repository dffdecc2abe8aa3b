package io.verity.papers.largestep;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.SeparableData;
import java.util.Locale;

/** A generator of two-class data, with the size that the studies use unless another is set. */
enum Generator {
    /** Uniform points with a gap of half width delta around a hyperplane: always separable. */
    SEP(100, 5, 0.05),
    /** Two Gaussian clouds, shifted apart: separable or not. */
    GMIX(60, 20, 1);

    private final int usualN;
    private final int usualD;
    private final double usualGap;

    Generator(int usualN, int usualD, double usualGap) {
        this.usualN = usualN;
        this.usualD = usualD;
        this.usualGap = usualGap;
    }

    int usualN() {
        return usualN;
    }

    int usualD() {
        return usualD;
    }

    double usualGap() {
        return usualGap;
    }

    SeparableData draw(int n, int d, double gap, long seed) {
        return this == SEP ? Instances.sep(n, d, gap, seed) : Instances.gmix(n, d, gap, seed);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
