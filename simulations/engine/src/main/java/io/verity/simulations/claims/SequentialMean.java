package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.Arguments;
import io.verity.stats.inference.ConfidenceSequence;
import io.verity.stats.inference.Decision;
import io.verity.stats.inference.Interval;
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
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The criteria for means: replicates are added until an anytime-valid confidence sequence lies inside the acceptance set
 * (SUPPORTED) or outside it (REFUTED), or the cap ends it (INCONCLUSIVE, with the replicates that would be needed). Made by
 * {@link Criteria}; immutable.
 */
public final class SequentialMean implements Sequential {
    private static final int DEFAULT_BATCH = 50;
    private static final long MOST_NEEDED = 100_000_000;
    private static final int SIMULATED_PATHS = 4000;

    private final String statistic;
    private final MeanMethod method;
    private final Replicate replicate;
    // Assigned by the constructor and, on a fresh copy, by change(); never after the object is handed out.
    private String criterion = "meanWithin";
    private @Nullable Acceptance acceptance;
    private @Nullable Double target;
    private @Nullable Double tolerance;
    private @Nullable Double truth;
    private @Nullable Double deviation;
    private @Nullable Caps caps;
    private int batch = DEFAULT_BATCH;

    SequentialMean(String statistic, MeanMethod method, Replicate replicate) {
        this.statistic = statistic;
        this.method = method;
        this.replicate = replicate;
    }

    private SequentialMean change(MeanMethod how, Consumer<SequentialMean> change) {
        SequentialMean copy = new SequentialMean(statistic, how, replicate);
        copy.criterion = criterion;
        copy.acceptance = acceptance;
        copy.target = target;
        copy.tolerance = tolerance;
        copy.truth = truth;
        copy.deviation = deviation;
        copy.caps = caps;
        copy.batch = batch;
        change.accept(copy);
        return copy;
    }

    private SequentialMean change(Consumer<SequentialMean> change) {
        return change(method, change);
    }

    SequentialMean as(String name) {
        return change(m -> m.criterion = name);
    }

    /**
     * The criterion {@code meanWithin}.
     *
     * @param value claimed mean
     * @param halfWidth how far off it may be
     * @return accepts [value - halfWidth, value + halfWidth]
     */
    public SequentialMean within(double value, double halfWidth) {
        return change(m -> {
            m.acceptance = Acceptance.around(value, halfWidth);
            m.target = value;
            m.tolerance = halfWidth;
        });
    }

    /**
     * The criterion {@code meanWithin}, for acceptance sets that are not centred.
     *
     * @param lower smallest accepted mean
     * @param upper largest accepted mean
     * @return accepts [lower, upper]
     */
    public SequentialMean between(double lower, double upper) {
        return change(m -> m.acceptance = new Acceptance(lower, upper));
    }

    /**
     * The criterion {@code meanAbove}.
     *
     * @param bound smallest accepted mean
     * @return accepts [bound, infinity)
     */
    public SequentialMean above(double bound) {
        return change(m -> {
            m.criterion = "meanAbove";
            m.acceptance = new Acceptance(bound, Double.POSITIVE_INFINITY);
            m.target = bound;
        });
    }

    /**
     * The criterion {@code meanBelow}.
     *
     * @param bound largest accepted mean
     * @return accepts (-infinity, bound]
     */
    public SequentialMean below(double bound) {
        return change(m -> {
            m.criterion = "meanBelow";
            m.acceptance = new Acceptance(Double.NEGATIVE_INFINITY, bound);
            m.target = bound;
        });
    }

    /**
     * @param mean what the specification reports, from which the caps are judged
     * @return the changed criterion
     */
    public SequentialMean expecting(double mean) {
        return change(m -> m.truth = Arguments.finite("expected mean", mean));
    }

    /**
     * @param mean what the specification reports, from which the caps are judged
     * @param standardDeviation of a replicate, reported or measured in a pilot; not needed for proportions
     * @return the changed criterion
     */
    public SequentialMean expecting(double mean, double standardDeviation) {
        return change(m -> {
            m.truth = Arguments.finite("expected mean", mean);
            m.deviation = Arguments.positive("expected standard deviation", standardDeviation);
        });
    }

    /**
     * Centres the prior of a proportion's mixture at the expected value, Beta(50 p, 50 (1 - p)): valid for any truth, some
     * 10-20 % fewer replicates when the expectation is right.
     *
     * @return the changed criterion
     * @throws IllegalStateException unless it is a proportion with an {@linkplain #expecting expected} value in (0, 1)
     */
    public SequentialMean withCentredPrior() {
        if (!(method instanceof MeanMethod.Trials) || truth == null || !(truth > 0 && truth < 1)) {
            throw new IllegalStateException("a centred prior needs a proportion with an expected value in (0, 1)");
        }
        return change(new MeanMethod.Trials(truth), m -> {});
    }

    /**
     * @param quick most replicates at quick budget
     * @param full most replicates at full budget
     * @return the changed criterion
     */
    public SequentialMean caps(long quick, long full) {
        Caps both = new Caps(quick, full);
        return change(m -> m.caps = both);
    }

    /**
     * @param replicates that one thread takes at a time (50 unless changed): fewer for slow ones
     * @return the changed criterion
     */
    public SequentialMean batch(int replicates) {
        Arguments.atLeast("batch", replicates, 1);
        return change(m -> m.batch = replicates);
    }

    @Override
    public String statistic() {
        return statistic;
    }

    @Override
    public Acceptance acceptance() {
        if (acceptance == null) {
            throw new IllegalStateException(statistic + ": no acceptance set was stated");
        }
        return acceptance;
    }

    @Override
    public OptionalDouble truth() {
        return truth == null ? OptionalDouble.empty() : OptionalDouble.of(truth);
    }

    @Override
    public long cap(Budget budget) {
        if (caps == null) {
            throw new IllegalStateException(statistic + ": no caps were stated");
        }
        return caps.of(budget);
    }

    @Override
    public Verdict verify(ClaimContext context) {
        double alpha = context.errorProbability();
        long cap = cap(context.budget());
        ConfidenceSequence sequence = method.start(acceptance(), alpha, cap);
        double[] values = new double[0];
        List<Look> looks = new ArrayList<>();
        for (long look : Looks.until(cap, batch)) {
            double[] more = context.replicates(0, values.length, look, batch, replicate);
            values = append(values, more);
            for (double value : more) {
                sequence.add(value);
            }
            looks.add(new Look(
                    look,
                    sequence.mean(),
                    MonteCarlo.errorOfMean(Moments.of(values)),
                    method.interval(sequence, values, alpha)));
            context.progress(look, cap);
            if (sequence.decision() != Decision.OPEN) {
                break;
            }
        }
        return verdict(sequence, looks, alpha);
    }

    private record Look(long replicates, double mean, double error, Interval interval) {}

    private Verdict verdict(ConfidenceSequence sequence, List<Look> looks, double alpha) {
        Look last = looks.get(looks.size() - 1);
        Verdict.Kind kind = Verdict.Kind.of(sequence.decision());
        List<String> notes = new ArrayList<>(method.notes(sequence));
        if (kind == Verdict.Kind.INCONCLUSIVE) {
            long needed = sequence.needed(MOST_NEEDED);
            notes.add(
                    needed >= MOST_NEEDED
                            ? "more than 100 million replicates would be needed at the present estimate"
                            : "about " + needed + " replicates would be needed at the present estimate");
        }
        return new Verdict(
                kind,
                criterion,
                reason(kind, last),
                new Statistic(
                        statistic,
                        last.mean(),
                        last.interval().lower(),
                        last.interval().upper()),
                target,
                tolerance,
                alpha,
                last.replicates(),
                null,
                Map.of(),
                notes,
                List.of(table(looks)),
                List.of(figure(looks)));
    }

    private String reason(Verdict.Kind kind, Look last) {
        return String.format(
                Locale.ROOT,
                "%s after %d replicates; its confidence sequence %s %s %s",
                ReasonText.number(last.mean()),
                last.replicates(),
                ReasonText.range(last.interval().lower(), last.interval().upper()),
                kind.position(),
                ReasonText.range(acceptance().lower(), acceptance().upper()));
    }

    private ResultTable table(List<Look> looks) {
        ResultTable.Builder table = MeanEvidence.columns(
                ResultTable.named("looks", statistic + " at every look").integer("replicates", "replicates", ""));
        for (Look look : looks) {
            table.row(
                    look.replicates(),
                    look.mean(),
                    look.error(),
                    look.interval().lower(),
                    look.interval().upper());
        }
        return table.build();
    }

    private Figure figure(List<Look> looks) {
        List<Look> bounded = looks.stream()
                .filter(l -> Double.isFinite(l.interval().width()))
                .toList();
        double[] x = bounded.stream().mapToDouble(Look::replicates).toArray();
        double[] mean = bounded.stream().mapToDouble(Look::mean).toArray();
        double[] lower = bounded.stream().mapToDouble(l -> l.interval().lower()).toArray();
        double[] upper = bounded.stream().mapToDouble(l -> l.interval().upper()).toArray();
        Figure.Builder figure = Figure.named(
                        "confidence-sequence", statistic, Axis.log10("replicates"), Axis.linear(statistic))
                .caption(
                        "Mean and confidence sequence at every look; horizontal lines bound what the statement accepts.")
                .layer(new Layer(Mark.RIBBON, "confidence sequence", "", x, mean, lower, upper))
                .layer(Mark.LINE, "mean", x, mean)
                .layer(Mark.POINT, "mean", x, mean);
        return MeanEvidence.lines(figure, acceptance()).build();
    }

    /** Simulated with 4,000 paths from a law of the stated kind; the streams are fixed, so the answer always is the same. */
    @Override
    public double decisionProbability(Budget budget, double alpha) {
        if (truth == null) {
            throw new IllegalStateException(statistic + ": no expected mean was stated");
        }
        long cap = cap(budget);
        List<Long> looks = Looks.until(cap, batch);
        int decided = 0;
        for (int path = 0; path < SIMULATED_PATHS; path++) {
            DoubleSupplier draw = method.draws(truth, deviation, RandomStream.of(0, "caps", 0, path));
            ConfidenceSequence sequence = method.start(acceptance(), alpha, cap);
            for (long look : looks) {
                while (sequence.count() < look) {
                    sequence.add(draw.getAsDouble());
                }
                if (sequence.decision() != Decision.OPEN) {
                    decided++;
                    break;
                }
            }
        }
        return (double) decided / SIMULATED_PATHS;
    }

    private static double[] append(double[] values, double[] more) {
        double[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }
}
