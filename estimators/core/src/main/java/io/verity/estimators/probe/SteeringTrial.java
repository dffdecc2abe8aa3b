package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Whether steering means anything to a probe that did not do the steering. One probe is fitted on one half of the pool, another on
 * the other half; the first steers the test rows to a target probability, the second judges them. Success under the first is a
 * tautology; success under the second is not.
 *
 * @param target probability of class 1 wanted
 * @param rows states steered
 * @param moved how many of them the rule moved
 * @param strengths strength of every row
 * @param successBefore share past the target under the steering probe before anything is moved
 * @param success share past the target under the steering probe
 * @param crossBefore share past the target under the other probe before anything is moved
 * @param crossSuccess share past the target under the other probe
 * @param crossSide share that the other probe gives the target's side of one half, after steering
 * @param crossSideBefore that share before anything is moved
 * @param crossMedian median probability under the other probe after steering
 * @param cosine of the two probes' concept vectors
 * @param curveStrength strengths tried on all rows alike, from 0
 * @param curveSuccess share past the target under the steering probe, per strength tried
 * @param curveCross share past the target under the other probe, per strength tried
 * @param curveSide share on the target's side of one half under the other probe, per strength tried
 */
@SuppressWarnings("ArrayRecordComponent") // two trials are never compared
public record SteeringTrial(
        double target,
        int rows,
        int moved,
        double[] strengths,
        double successBefore,
        double success,
        double crossBefore,
        double crossSuccess,
        double crossSide,
        double crossSideBefore,
        double crossMedian,
        double cosine,
        double[] curveStrength,
        double[] curveSuccess,
        double[] curveCross,
        double[] curveSide) {
    private static final int POINTS = 41;
    private static final double BEYOND = 1.5;
    private static final double FARTHEST = 3;

    /**
     * @param finder finds the probes
     * @param x states
     * @param y 0 or 1 per row
     * @param split whose pool is cut in halves, and whose test rows (all rows of the pool, where there are none) are steered
     * @param edit which rows are moved
     * @param target probability wanted, strictly between 0 and 1
     * @param seed of the halves
     * @return what came of it
     * @throws IllegalArgumentException if the target is not inside (0, 1), labels are not 0 and 1, or numbers of rows differ
     * @throws io.verity.stats.EstimationException if a half finds no direction
     */
    public static SteeringTrial of(
            DirectionFinder finder, DMatrixRMaj x, int[] y, Split split, MinimalEdit edit, double target, long seed) {
        double wanted = Steering.logit(target);
        Rows.checkTwoClasses(x.numRows, y);
        Arguments.require(split.rows() == x.numRows, "X has %d rows but the split is of %d", x.numRows, split.rows());
        int @Nullable [] groups = split.groupsOrNull();
        int[] pool = split.pool();
        RandomStream stream = RandomStream.of(seed, "probe/steering", 0, 0);
        int[] half = Stratification.draw(pool, y, groups, pool.length / 2, stream);
        LinearProbe own = fit(finder, x, y, half, groups, stream.forPurpose(1));
        LinearProbe other = fit(finder, x, y, Rows.without(pool, half), groups, stream.forPurpose(2));
        int[] steered = split.test().length > 0 ? split.test() : pool;
        DMatrixRMaj states = Rows.select(x, steered);
        Steering steering = Steering.along(own).with(edit);
        double[] alphas = steering.alphas(states, target);
        double[] after = other.scores(steering.add(states, alphas));
        double[] ownBefore = own.scores(states);
        double[] otherBefore = other.scores(states);
        double otherGain = Rows.dot(other.weights(), steering.direction());
        double[] curve = strengths(ownBefore, otherBefore, wanted, own.norm(), otherGain);
        return new SteeringTrial(
                target,
                steered.length,
                (int) Arrays.stream(alphas).filter(a -> a != 0).count(),
                alphas,
                Steering.success(ownBefore, target),
                Steering.success(shifted(ownBefore, alphas, own.norm()), target),
                Steering.success(otherBefore, target),
                Steering.success(after, target),
                side(after, wanted),
                side(otherBefore, wanted),
                median(after),
                own.cosine(other),
                curve,
                Arrays.stream(curve)
                        .map(a -> Steering.success(shifted(ownBefore, a * own.norm()), target))
                        .toArray(),
                Arrays.stream(curve)
                        .map(a -> Steering.success(shifted(otherBefore, a * otherGain), target))
                        .toArray(),
                Arrays.stream(curve)
                        .map(a -> side(shifted(otherBefore, a * otherGain), wanted))
                        .toArray());
    }

    private static LinearProbe fit(
            DirectionFinder finder, DMatrixRMaj x, int[] y, int[] rows, int @Nullable [] groups, RandomStream stream) {
        int held = (int) Math.ceil(Split.VALIDATION_SHARE * rows.length);
        int[] validation = Stratification.draw(rows, y, groups, held, stream);
        return finder.find(x, y, Split.unchecked(x.numRows, Rows.without(rows, validation), validation, groups));
    }

    /**
     * From 0 to half again what the last row needs, towards the target; further, up to a few times as far, where the other probe
     * needs more for its median row.
     */
    private static double[] strengths(double[] own, double[] other, double wanted, double gain, double otherGain) {
        double sign = wanted >= 0 ? 1 : -1;
        double most = Math.max(
                0, Arrays.stream(own).map(z -> sign * (wanted - z) / gain).max().orElse(0));
        double[] sorted =
                Arrays.stream(other).map(z -> sign * (wanted - z)).sorted().toArray();
        double median = sorted[sorted.length / 2];
        double crossing = otherGain > 0 && median > 0 ? Math.min(median / otherGain, FARTHEST * most) : 0;
        double end = BEYOND * Math.max(most, crossing);
        double[] strengths = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            strengths[k] = sign * end * k / (POINTS - 1);
        }
        return strengths;
    }

    private static double[] shifted(double[] scores, double by) {
        return Arrays.stream(scores).map(z -> z + by).toArray();
    }

    private static double[] shifted(double[] scores, double[] strengths, double gain) {
        double[] moved = scores.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = Math.fma(strengths[i], gain, moved[i]);
        }
        return moved;
    }

    private static double side(double[] scores, double wanted) {
        return (double) Arrays.stream(scores)
                        .filter(z -> wanted >= 0 ? z > 0 : z < 0)
                        .count()
                / scores.length;
    }

    private static double median(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return LinearProbe.probability(0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]));
    }

    /** @return one row per strength of the curve */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("steering", "Steering success against strength")
                .number("strength", "strength", "")
                .number("success", "past the target, steering probe", "")
                .number("cross", "past the target, independent probe", "")
                .number("side", "past one half, independent probe", "");
        for (int k = 0; k < curveStrength.length; k++) {
            table.row(curveStrength[k], curveSuccess[k], curveCross[k], curveSide[k]);
        }
        return table.build();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "steering %d rows to probability %s moves %d of them; past it: %.1f %% under the steering probe (by"
                        + " construction), %.1f %% under a probe fitted on other rows (before: %.1f %%), which puts %.1f %%"
                        + " on that side of one half (before: %.1f %%); cosine of the two probes %.3f",
                rows,
                target,
                moved,
                100 * success,
                100 * crossSuccess,
                100 * crossBefore,
                100 * crossSide,
                100 * crossSideBefore,
                cosine);
    }
}
