package io.verity.estimators.rd;

import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One fit of {@link ScalarRd}: bandwidths, then the estimates on both sides, then their inference. */
final class RdComputation {
    /** Differences of numbers of size one below this are rounding. */
    private static final double ROUNDING = 1e-12;

    private static final double DISTINCT_SHARE = 0.8;
    private static final int FEW = 20;
    private static final int FEW_CLUSTERS = 20;

    private final RdOptions options;
    private final RdSample sample;
    private final Side[] sides;
    private final Residuals left;
    private final Residuals right;

    RdComputation(RdOptions options, RdSample sample, Side[] sides) {
        this.options = options;
        this.sample = sample;
        this.sides = sides;
        List<Residuals> residuals =
                BothSides.of(sample.size(), side -> Residuals.of(sides[side], options.variance, options.matches));
        left = residuals.get(0);
        right = residuals.get(1);
    }

    ScalarRdFit fit() {
        RdBandwidths h = bandwidths();
        List<JumpFit> jumps = BothSides.of(
                sample.size(),
                side -> side == 0
                        ? JumpFit.of(left, options, h.left(), h.pilotLeft())
                        : JumpFit.of(right, options, h.right(), h.pilotRight()));
        JumpFit l = jumps.get(0);
        JumpFit r = jumps.get(1);
        RdRows rows;
        RdRows firstStage = null;
        if (sample.isFuzzy()) {
            firstStage = sharp(
                    l.combined(0, 1, options.derivative), r.combined(0, 1, options.derivative), rounding(l, r, 1));
            rows = fuzzy(l, r);
        } else {
            rows = sharp(l, r, rounding(l, r, 0));
        }
        RdCounts counts = new RdCounts(
                sides[0].rows(),
                sides[1].rows(),
                l.effective(),
                r.effective(),
                l.pilotEffective(),
                r.pilotEffective(),
                sides[0].distinct(),
                sides[1].distinct());
        return new ScalarRdFit(options, h, rows, firstStage, counts, warnings(h, counts, firstStage));
    }

    /** What rounding alone makes of a jump of a response of the size of the given column. */
    private double rounding(JumpFit l, JumpFit r, int column) {
        return ROUNDING * Math.max(l.size(column), r.size(column));
    }

    private RdRows sharp(JumpFit l, JumpFit r, double rounding) {
        return rows(
                rounding,
                r.estimate(0) - l.estimate(0),
                r.corrected(0) - l.corrected(0),
                l.variance(0) + r.variance(0),
                l.robustVariance(0) + r.robustVariance(0));
    }

    /** The ratio of two jumps, linearised at the conventional estimates. */
    private RdRows fuzzy(JumpFit l, JumpFit r) {
        double y = r.estimate(0) - l.estimate(0);
        double t = r.estimate(1) - l.estimate(1);
        if (!(Math.abs(t) > rounding(l, r, 1))) {
            throw new EstimationException(
                    "the treatment does not jump at the cutoff: the effect of compliers is not defined",
                    "check the treatment column and the cutoff");
        }
        double s0 = 1 / t;
        double s1 = -y / (t * t);
        double conventional = y / t;
        double bias = s0 * (y - (r.corrected(0) - l.corrected(0))) + s1 * (t - (r.corrected(1) - l.corrected(1)));
        JumpFit lc = l.combined(s0, s1, options.derivative);
        JumpFit rc = r.combined(s0, s1, options.derivative);
        return rows(
                rounding(l, r, 0) / Math.abs(t),
                conventional,
                conventional - bias,
                lc.variance(0) + rc.variance(0),
                lc.robustVariance(0) + rc.robustVariance(0));
    }

    private RdRows rows(double rounding, double estimate, double corrected, double variance, double robustVariance) {
        double se = Math.sqrt(variance);
        return new RdRows(
                RdEstimate.of(estimate, se, options.level, rounding),
                RdEstimate.of(corrected, se, options.level, rounding),
                RdEstimate.of(corrected, Math.sqrt(robustVariance), options.level, rounding));
    }

    private RdBandwidths bandwidths() {
        double hl = options.left;
        double hr = options.right;
        double bl = options.pilotLeft;
        double br = options.pilotRight;
        if (Double.isNaN(hl)) {
            RdBandwidths chosen = selected();
            hl = chosen.left();
            hr = chosen.right();
            bl = Double.isNaN(bl) ? chosen.pilotLeft() : bl;
            br = Double.isNaN(br) ? chosen.pilotRight() : br;
            if (Double.isNaN(options.pilotLeft) && !Double.isNaN(options.rho)) {
                bl = hl / options.rho;
                br = hr / options.rho;
            }
        } else if (Double.isNaN(bl)) {
            double rho = Double.isNaN(options.rho) ? 1 : options.rho;
            bl = hl / rho;
            br = hr / rho;
        }
        return new RdBandwidths(hl, hr, bl, br);
    }

    private RdBandwidths selected() {
        boolean fuzzy = sample.isFuzzy() && sides[0].varies(1) && sides[1].varies(1);
        Residuals l = left;
        Residuals r = right;
        if (sample.isFuzzy() && !fuzzy) {
            l = left.combined(1, 0);
            r = right.combined(1, 0);
        }
        RdBandwidths mse = new SelectorStages(options, l, r, fuzzy).select(options.selector.chains);
        int size = sample.isClustered() ? sides[0].clusterCount() + sides[1].clusterCount() : sample.size();
        return options.selector.coverage ? MseBandwidth.coverage(mse, options.p(), size) : mse;
    }

    private List<String> warnings(RdBandwidths h, RdCounts counts, @Nullable RdRows firstStage) {
        List<String> warnings = new ArrayList<>();
        double share = (counts.distinctLeft() + counts.distinctRight()) / (double) sample.size();
        if (options.massPoints != MassPoints.OFF && share < DISTINCT_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the running variable has ties: only %.0f%% of its values are distinct; with few distinct values near the"
                            + " cutoff the estimate extrapolates between heaps",
                    100 * share));
        }
        if (Math.min(counts.effectiveLeft(), counts.effectiveRight()) < FEW) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "few rows within the bandwidth: %d on the left, %d on the right; normal inference needs more",
                    counts.effectiveLeft(),
                    counts.effectiveRight()));
        }
        double widest = Math.max(sides[0].range(), sides[1].range());
        if (Double.isNaN(options.left) && Math.max(h.left(), h.right()) >= widest) {
            warnings.add("the chosen bandwidth reaches the farthest row: the fit is global, not local");
        }
        int groups = Math.min(groups(sides[0]), groups(sides[1]));
        if (sample.isClustered() && groups < FEW_CLUSTERS) {
            warnings.add(String.format(
                    Locale.ROOT, "only %d clusters on one side; clustered standard errors need more", groups));
        }
        if (firstStage != null && Math.abs(firstStage.conventional().z()) < 2) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the first stage is weak: the treatment jumps by %.4g with standard error %.4g",
                    firstStage.conventional().estimate(),
                    firstStage.conventional().standardError()));
        }
        return warnings;
    }

    private static int groups(Side side) {
        int[] clusters = side.clusters;
        return clusters == null ? 0 : (int) Arrays.stream(clusters).distinct().count();
    }
}
