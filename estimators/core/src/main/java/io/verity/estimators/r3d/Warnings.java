package io.verity.estimators.r3d;

import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a user should know about a fit that nevertheless has numbers. */
final class Warnings {
    private static final int SMALL_SAMPLE = 20;
    private static final double SHARE_OF_SMALL = 0.1;
    private static final double DISTINCT_SHARE = 0.8;
    private static final double FLAT_SHARE = 0.1;
    private static final int FEW_UNITS = 20;
    private static final int FEW_CLUSTERS = 20;
    private static final double ROUNDING = 1e-9;
    private static final double WIDE_GRID = 0.01;

    private final List<String> sentences = new ArrayList<>();

    private void say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }

    List<String> sentences() {
        return sentences;
    }

    void design(Settings settings) {
        if (settings.compatible()) {
            say(
                    "compatibility mode: known defects of the R package R3D 0.1.0 are reproduced; bands are 3 to 5 %% too narrow");
        }
        boolean uncorrected = settings.biasCorrection == BiasCorrection.CONVENTIONAL
                || (settings.biasCorrection == BiasCorrection.HIGHER_ORDER && settings.order == settings.pilotOrder);
        if (uncorrected) {
            say("the polynomial has the order that the bandwidth was chosen for: bands ignore smoothing bias");
        }
        if (settings.draws < (1 / (1 - settings.level) - 1) * (1 - ROUNDING)) {
            say("%d draws are too few for level %s: the band uses the largest draw", settings.draws, settings.level);
        }
    }

    void data(Units units, Estimate estimate, ChosenBandwidths chosen, Settings settings) {
        int[] sizes = units.matrix.sizes();
        double narrowest = Arrays.stream(chosen.outcome()).min().orElse(Double.NaN);
        int[] inside = IntStream.range(0, units.count())
                .filter(i -> settings.kernel.weight(units.x[i] / narrowest) > 0 && units.weight(i) > 0)
                .toArray();
        long small = Arrays.stream(inside)
                .filter(i -> sizes[i] > 0 && sizes[i] < SMALL_SAMPLE)
                .count();
        if (small > SHARE_OF_SMALL * inside.length) {
            say(
                    "%d of the %d units inside the window have fewer than %d observations: the error of their sample"
                            + " quantiles is not negligible (Assumption Q1)",
                    small, inside.length, SMALL_SAMPLE);
        }
        long falling = fallingRows(units.matrix);
        if (falling > 0) {
            say("the quantiles of %d units are not in ascending order", falling);
        }
        double[] treatments = units.matrix.treatments();
        if (treatments != null && Arrays.stream(treatments).anyMatch(t -> t != 0 && t != 1)) {
            say("the treatment takes values other than 0 and 1: effects are per unit of it");
        }
        double distinct = Arrays.stream(units.x).distinct().count() / (double) units.count();
        if (distinct < DISTINCT_SHARE) {
            say("only %s %% of the running values are distinct: ties or heaping", Rounded.to(100 * distinct, 3));
        }
        for (boolean right : new boolean[] {false, true}) {
            int count = right ? estimate.unitsRight() : estimate.unitsLeft();
            if (count < FEW_UNITS) {
                say(
                        "only %d units %s the cutoff are inside the window: standard errors over so few are too small",
                        count, right ? "above" : "below");
            }
        }
    }

    private static long fallingRows(QuantileMatrix matrix) {
        int m = matrix.points();
        double[] q = matrix.flat();
        long falling = 0;
        for (int i = 0; i < matrix.units(); i++) {
            boolean falls = false;
            for (int at = i * m + 1; at < (i + 1) * m; at++) {
                falls |= q[at] < q[at - 1];
            }
            falling += falls ? 1 : 0;
        }
        return falling;
    }

    void curves(Estimate estimate, double[] grid) {
        for (boolean right : new boolean[] {false, true}) {
            double[] curve = right ? estimate.right() : estimate.left();
            int longest = longestFlat(curve);
            if (longest > Math.max(1, FLAT_SHARE * grid.length)) {
                say(
                        "the average quantile curve %s the cutoff is flat over %d of %d grid points (Assumption L4 fails there):"
                                + " the band is doubtful",
                        right ? "above" : "below", longest, grid.length);
            }
        }
    }

    private static int longestFlat(double[] curve) {
        int longest = 1;
        int run = 1;
        for (int j = 1; j < curve.length; j++) {
            run = curve[j] == curve[j - 1] ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    void bandwidths(ChosenBandwidths chosen, Estimate estimate) {
        chosen.clamped().forEach(sentences::add);
        if (noTreatmentResiduals(estimate)) {
            if (Math.abs(estimate.firstStage() - 1) < ROUNDING) {
                say("everybody complies: this is the sharp design");
            }
            return; // any bandwidth gives the same jump of the treatment
        }
        double most = Arrays.stream(chosen.outcome()).max().orElse(Double.NaN);
        double least = Arrays.stream(chosen.outcome()).min().orElse(Double.NaN);
        double t = chosen.treatment();
        if (t / least > 3 || t / most < 1.0 / 3) {
            say(
                    "the bandwidths of treatment (%s) and outcome (%s) differ by more than a factor of 3",
                    Rounded.to(t, 4), Rounded.to(least, 4));
        }
    }

    /** Whether the cutoff alone decides the treatment, up to rounding. */
    private static boolean noTreatmentResiduals(Estimate estimate) {
        double[] influence = estimate.firstStageInfluence();
        return influence.length > 0
                && !estimate.saturated()
                && Arrays.stream(influence).allMatch(v -> Math.abs(v) < ROUNDING);
    }

    void inference(Estimate estimate, double[] grid, Settings settings) {
        if (estimate.saturated()) {
            say(
                    "on one side the polynomial goes through all units inside the window, which leaves no residuals to measure noise"
                            + " with: no standard errors, bands and tests; use a larger bandwidth or a lower order");
        } else if (grid.length == 1 && settings.tests.contains(TestKind.HOMOGENEITY)) {
            say("homogeneity needs at least two quantiles");
        }
    }

    void clusters(int groups) {
        if (groups < FEW_CLUSTERS) {
            say("only %d clusters have units inside the window: standard errors over so few are too small", groups);
        }
    }

    void firstStage(Estimate estimate, double error) {
        if (estimate.weakFirstStage()) {
            say("WEAK_FIRST_STAGE: the treatment does not jump at the cutoff, so that there is no effect to estimate");
        } else if (Math.abs(estimate.firstStage()) < 2 * error) {
            say(
                    "weak first stage: the jump of the treatment (%s) is less than two standard errors (%s)",
                    Rounded.to(estimate.firstStage(), 4), Rounded.to(error, 4));
        }
    }

    void gini(double[] grid, double plus, double minus, boolean fuzzy) {
        if (Double.isNaN(plus) || Double.isNaN(minus)) {
            say("the Gini coefficient is undefined: it needs a positive mean outcome on both sides");
        }
        if (grid[0] > WIDE_GRID || grid[grid.length - 1] < 1 - WIDE_GRID) {
            say(
                    "the grid [%s, %s] leaves out tails that the Gini coefficient needs",
                    Rounded.to(grid[0], 4), Rounded.to(grid[grid.length - 1], 4));
        }
        if (fuzzy) {
            say("in a fuzzy design the Gini test compares the reduced forms only");
        }
    }
}
