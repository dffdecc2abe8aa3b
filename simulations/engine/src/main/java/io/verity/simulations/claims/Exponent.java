package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.Arguments;
import io.verity.stats.inference.Decision;
import io.verity.stats.inference.Interval;
import io.verity.stats.inference.Line;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The criterion {@code exponent}: the slope of log(mean) against log(size), fitted by least squares once, at the cap.
 *
 * <p>The standard error of a log mean is \( s_i / (\bar x_i \sqrt{n_i}) \) (delta method); with fewer than 200 replicates per
 * size the slope's error is also bootstrapped from the replicates (1,000 draws) and the larger of the two is taken. The
 * interval is \( \pm z \) standard errors (\( z = 4.417 \) at error probability 1e-5), Student's quantile when the points
 * scatter about the line more than their errors explain. The sizes belong to the claim: adding one makes another claim.
 * Made by {@link Criteria}; immutable.
 */
public final class Exponent implements Verification {
    private static final int DELTA_METHOD = 200;
    private static final int DRAWS = 1000;
    private static final int DEFAULT_BATCH = 50;

    private final String statistic;
    private final double[] sizes;
    private final SizedReplicate replicate;
    private final @Nullable Acceptance acceptance;
    private final @Nullable Double target;
    private final @Nullable Double tolerance;
    private final int quickCap;
    private final int fullCap;
    private final int batch;

    Exponent(String statistic, double[] sizes, SizedReplicate replicate) {
        this(statistic, sizes.clone(), replicate, null, null, null, 0, 0, DEFAULT_BATCH);
        Arguments.atLeast("number of sizes", sizes.length, 2);
        for (double size : sizes) {
            Arguments.positive("size", size);
        }
    }

    private Exponent(
            String statistic,
            double[] sizes,
            SizedReplicate replicate,
            @Nullable Acceptance acceptance,
            @Nullable Double target,
            @Nullable Double tolerance,
            int quickCap,
            int fullCap,
            int batch) {
        this.statistic = statistic;
        this.sizes = sizes;
        this.replicate = replicate;
        this.acceptance = acceptance;
        this.target = target;
        this.tolerance = tolerance;
        this.quickCap = quickCap;
        this.fullCap = fullCap;
        this.batch = batch;
    }

    /**
     * @param exponent claimed slope
     * @param halfWidth how far off it may be
     * @return accepts [exponent - halfWidth, exponent + halfWidth]
     */
    public Exponent within(double exponent, double halfWidth) {
        return new Exponent(
                statistic,
                sizes,
                replicate,
                Acceptance.around(exponent, halfWidth),
                exponent,
                halfWidth,
                quickCap,
                fullCap,
                batch);
    }

    /**
     * @param lower smallest accepted slope, may be infinite
     * @param upper largest accepted slope, may be infinite
     * @return accepts [lower, upper]
     */
    public Exponent between(double lower, double upper) {
        return new Exponent(
                statistic, sizes, replicate, new Acceptance(lower, upper), target, tolerance, quickCap, fullCap, batch);
    }

    /**
     * @param quick replicates of each size at quick budget, at least 2
     * @param full replicates of each size at full budget, at least 2
     * @return the changed criterion
     */
    public Exponent caps(int quick, int full) {
        Arguments.atLeast("quick cap", quick, 2);
        Arguments.atLeast("full cap", full, 2);
        return new Exponent(statistic, sizes, replicate, acceptance, target, tolerance, quick, full, batch);
    }

    /**
     * @param replicates that one thread takes at a time (50 unless changed): fewer for slow ones
     * @return the changed criterion
     */
    public Exponent batch(int replicates) {
        Arguments.atLeast("batch", replicates, 1);
        return new Exponent(statistic, sizes, replicate, acceptance, target, tolerance, quickCap, fullCap, replicates);
    }

    @Override
    public Verdict verify(ClaimContext context) {
        Acceptance accepted = acceptance;
        int cap = context.full() ? fullCap : quickCap;
        if (accepted == null || cap == 0) {
            throw new IllegalStateException(statistic + ": no acceptance set or no caps were stated");
        }
        int k = sizes.length;
        double[][] values = new double[k][];
        for (int i = 0; i < k; i++) {
            double size = sizes[i];
            values[i] = context.replicates(i, 0, cap, batch, (c, stream) -> replicate.measure(c, stream, size));
            context.progress(i + 1L, k);
        }
        double[] x = Arrays.stream(sizes).map(StrictMath::log).toArray();
        double[] y = new double[k];
        double[] errors = new double[k];
        for (int i = 0; i < k; i++) {
            Moments moments = Moments.of(values[i]);
            y[i] = logMean(moments.mean(), sizes[i]);
            errors[i] = MonteCarlo.errorOfMean(moments) / moments.mean();
        }
        Line line = Line.through(x, y, errors);
        List<String> notes = new ArrayList<>();
        if (cap < DELTA_METHOD) {
            double bootstrap = bootstrapError(values, x, context.stream(0).forPurpose(RandomStream.BOOTSTRAP));
            notes.add(String.format(
                    Locale.ROOT,
                    "standard error of the slope %s by the delta method, %s by the bootstrap; the larger is used",
                    ReasonText.number(line.errorFromPoints()),
                    ReasonText.number(bootstrap)));
            line = line.withErrorFromPoints(Math.max(line.errorFromPoints(), bootstrap));
        }
        if (line.excessScatter()) {
            notes.add("the points scatter about the line more than their errors explain; Student's quantile is used");
        }
        return verdict(
                accepted, line, line.slopeInterval(context.errorProbability()), x, y, errors, cap, notes, context);
    }

    private double logMean(double mean, double size) {
        if (!(mean > 0)) {
            throw new ArithmeticException(String.format(
                    Locale.ROOT, "%s: the mean at size %s is %s, which has no logarithm", statistic, size, mean));
        }
        return StrictMath.log(mean);
    }

    /** Standard deviation of the slope over resampled replicates; draws in which a mean is not positive are left out. */
    private double bootstrapError(double[][] values, double[] x, RandomStream stream) {
        Moments slopes = new Moments();
        double[] y = new double[x.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean positive = true;
            for (int i = 0; i < x.length; i++) {
                double sum = 0;
                for (int r = 0; r < values[i].length; r++) {
                    sum += values[i][stream.nextInt(values[i].length)];
                }
                positive &= sum > 0;
                y[i] = positive ? StrictMath.log(sum / values[i].length) : 0;
            }
            if (positive) {
                slopes.add(Line.through(x, y, new double[x.length]).slope());
            }
        }
        return slopes.standardDeviation();
    }

    private Verdict verdict(
            Acceptance accepted,
            Line line,
            Interval interval,
            double[] x,
            double[] y,
            double[] errors,
            int cap,
            List<String> notes,
            ClaimContext context) {
        Decision decision = interval.against(accepted.lower(), accepted.upper());
        Verdict.Kind kind = Verdict.Kind.of(decision);
        return new Verdict(
                kind,
                "exponent",
                String.format(
                        Locale.ROOT,
                        "slope %s from %d sizes with %d replicates each; its interval %s %s %s",
                        ReasonText.number(line.slope()),
                        sizes.length,
                        cap,
                        ReasonText.range(interval.lower(), interval.upper()),
                        kind.position(),
                        ReasonText.range(accepted.lower(), accepted.upper())),
                new Statistic(statistic, line.slope(), interval.lower(), interval.upper()),
                target,
                tolerance,
                context.errorProbability(),
                (long) cap * sizes.length,
                null,
                Map.of(),
                notes,
                List.of(table(y, errors)),
                List.of(figure(line, x, y, errors)));
    }

    private ResultTable table(double[] y, double[] errors) {
        ResultTable.Builder table = ResultTable.named("sizes", statistic + ": means by size")
                .number("size", "size", "")
                .column(new ResultTable.Column("mean", "mean", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "standard error", "");
        for (int i = 0; i < sizes.length; i++) {
            double mean = Math.exp(y[i]);
            table.row(sizes[i], mean, mean * errors[i]);
        }
        return table.build();
    }

    private Figure figure(Line line, double[] x, double[] y, double[] errors) {
        int k = sizes.length;
        double[] mean = new double[k];
        double[] lower = new double[k];
        double[] upper = new double[k];
        double[] fitted = new double[k];
        for (int i = 0; i < k; i++) {
            mean[i] = Math.exp(y[i]);
            lower[i] = Math.exp(y[i] - 2 * errors[i]);
            upper[i] = Math.exp(y[i] + 2 * errors[i]);
            fitted[i] = Math.exp(line.intercept() + line.slope() * x[i]);
        }
        return Figure.named("slope", statistic, Axis.log10("size"), Axis.log10("mean"))
                .caption("Means with two standard errors, and the fitted power.")
                .layer(Mark.LINE, "size to the power " + ReasonText.number(line.slope()), sizes, fitted)
                .layer(new Layer(Mark.ERROR_BAR, "mean", "", sizes, mean, lower, upper))
                .layer(Mark.POINT, "mean", sizes, mean)
                .build();
    }
}
