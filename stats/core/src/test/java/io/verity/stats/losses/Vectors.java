package io.verity.stats.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

/** What the tests of losses share: lists in a cell, relative closeness, central differences. */
final class Vectors {
    private Vectors() {}

    static double[] parse(String list) {
        return Arrays.stream(list.trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Relative closeness; infinities must agree, and what is below 1e-300 counts as 0. */
    static void assertClose(double actual, double expected, double relative) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected) + 1e-300));
        }
    }

    static void assertClose(double[] actual, double[] expected, double relative) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < actual.length; k++) {
            assertClose(actual[k], expected[k], relative);
        }
    }

    static double[] gradient(MulticlassLoss loss, double[] scores, int y) {
        double[] gradient = new double[scores.length];
        loss.gradient(scores, y, gradient);
        return gradient;
    }

    static double[] differences(MulticlassLoss loss, double[] scores, int y, double step) {
        double[] differences = new double[scores.length];
        for (int k = 0; k < scores.length; k++) {
            double[] moved = scores.clone();
            moved[k] = scores[k] + step;
            double above = loss.value(moved, y);
            moved[k] = scores[k] - step;
            differences[k] = (above - loss.value(moved, y)) / (2 * step);
        }
        return differences;
    }
}
