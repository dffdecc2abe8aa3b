package io.verity.papers.largestep;

import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Numbers;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;

/**
 * A condition of the large-step studies: which descent on which data.
 *
 * @param generator of the data
 * @param n samples; 0 stands for the generator's usual number (sep 100, gmix 60)
 * @param d columns; 0 stands for the generator's usual number (sep 5, gmix 20)
 * @param gap half width of the gap (sep, usually 0.05) or half distance of the clouds (gmix, usually 1); a negative number
 *     stands for the usual one
 * @param variant of gradient descent
 * @param stepSize gamma
 * @param maxIterations most iterations
 */
record DescentCondition(
        Generator generator, int n, int d, double gap, Variant variant, double stepSize, int maxIterations) {
    /** Stands for the generator's usual number of samples or columns. */
    static final int USUAL = 0;

    /** Stands for the generator's usual gap. */
    static final double USUAL_GAP = -1;

    DescentCondition {
        n = n == USUAL ? generator.usualN() : Arguments.atLeast("n", n, 2);
        d = d == USUAL ? generator.usualD() : Arguments.atLeast("d", d, 1);
        gap = gap < 0 ? generator.usualGap() : gap;
        Arguments.require(
                generator != Generator.SEP || gap < 1, "the gap of generator sep must be below 1, but is %s", gap);
        Arguments.positive("stepSize", stepSize);
        Arguments.atLeast("maxIterations", maxIterations, 1);
    }

    /** Draws the generator's seed from the stream. */
    SeparableData data(RandomStream stream) {
        return generator.draw(n, d, gap, stream.nextLong());
    }

    LargeStepLogistic descent() {
        return LargeStepLogistic.withDefaults()
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(maxIterations);
    }

    /** The data, as figures name them: {@code sep(100,5,0.05)}. */
    String dataLabel() {
        return generator + "(" + n + "," + d + "," + Numbers.text(gap) + ")";
    }
}
