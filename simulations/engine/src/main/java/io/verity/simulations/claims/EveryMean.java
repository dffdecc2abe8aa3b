package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.Arguments;
import io.verity.stats.inference.AsymptoticSequence;
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
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The criterion {@code meanWithin} for several means measured by the same replicates: SUPPORTED when the confidence sequences of
 * all of them lie inside the acceptance set, REFUTED when one lies outside. Each of k sequences has error probability
 * \( \alpha/k \), so that all hold together with \( 1-\alpha \). The sequences are asymptotic. Made by
 * {@link Criteria#everyMean}; immutable. Replicates are not kept in a store: an interrupted verification measures them again.
 */
public final class EveryMean implements Sequential {
    private static final int DEFAULT_BATCH = 10;
    private static final int SIMULATED_PATHS = 500;

    private final String statistic;
    private final List<String> names;
    private final VectorReplicate replicate;
    // Assigned on a fresh copy by change(); never after the object is handed out.
    private @Nullable Acceptance acceptance;
    private double @Nullable [] truths;
    private double @Nullable [] deviations;
    private @Nullable Caps caps;

    EveryMean(String statistic, List<String> names, VectorReplicate replicate) {
        Arguments.require(!names.isEmpty(), "%s: there is no mean to look at", statistic);
        this.statistic = statistic;
        this.names = List.copyOf(names);
        this.replicate = replicate;
    }

    private EveryMean change(Consumer<EveryMean> change) {
        EveryMean copy = new EveryMean(statistic, names, replicate);
        copy.acceptance = acceptance;
        copy.truths = truths;
        copy.deviations = deviations;
        copy.caps = caps;
        change.accept(copy);
        return copy;
    }

    /**
     * @param value claimed value of every mean
     * @param halfWidth how far off each may be
     * @return accepts [value - halfWidth, value + halfWidth]
     */
    public EveryMean within(double value, double halfWidth) {
        return change(m -> m.acceptance = Acceptance.around(value, halfWidth));
    }

    /**
     * @param bound smallest accepted value of every mean
     * @return accepts [bound, infinity)
     */
    public EveryMean above(double bound) {
        return change(m -> m.acceptance = new Acceptance(bound, Double.POSITIVE_INFINITY));
    }

    /**
     * @param means what the means are believed to be, from which the caps are judged
     * @param standardDeviations of a replicate
     * @return the changed criterion
     * @throws IllegalArgumentException if there are not as many as names
     */
    public EveryMean expecting(double[] means, double[] standardDeviations) {
        int k = names.size();
        Arguments.require(
                means.length == k && standardDeviations.length == k,
                "%d means and %d standard deviations for %d names",
                means.length,
                standardDeviations.length,
                k);
        return change(m -> {
            m.truths = means.clone();
            m.deviations = standardDeviations.clone();
        });
    }

    /**
     * @param quick most replicates at quick budget
     * @param full most replicates at full budget
     * @return the changed criterion
     */
    public EveryMean caps(long quick, long full) {
        Caps both = new Caps(quick, full);
        return change(m -> m.caps = both);
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

    /** The believed mean that is nearest to an end of the acceptance set, or farthest outside it. */
    @Override
    public OptionalDouble truth() {
        double[] means = truths;
        return means == null ? OptionalDouble.empty() : OptionalDouble.of(means[farthest(means)]);
    }

    @Override
    public long cap(Budget budget) {
        if (caps == null) {
            throw new IllegalStateException(statistic + ": no caps were stated");
        }
        return caps.of(budget);
    }

    private int farthest(double[] values) {
        int worst = 0;
        for (int j = 1; j < values.length; j++) {
            if (slack(values[j]) < slack(values[worst])) {
                worst = j;
            }
        }
        return worst;
    }

    private double slack(double value) {
        return Math.min(value - acceptance().lower(), acceptance().upper() - value);
    }

    private List<AsymptoticSequence> start(double alpha, long cap) {
        double low = acceptance().lower();
        double high = acceptance().upper();
        return names.stream()
                .map(n -> new AsymptoticSequence(low, high, alpha / names.size(), AsymptoticSequence.narrowest(cap)))
                .toList();
    }

    private static Decision decision(List<AsymptoticSequence> sequences) {
        boolean inside = true;
        for (AsymptoticSequence sequence : sequences) {
            Decision decision = sequence.decision();
            if (decision == Decision.OUTSIDE) {
                return Decision.OUTSIDE;
            }
            inside &= decision == Decision.INSIDE;
        }
        return inside ? Decision.INSIDE : Decision.OPEN;
    }

    @Override
    public Verdict verify(ClaimContext context) {
        long cap = cap(context.budget());
        List<AsymptoticSequence> sequences = start(context.errorProbability(), cap);
        List<double[]> rows = new ArrayList<>();
        for (long look : Looks.until(cap, DEFAULT_BATCH)) {
            List<Long> batches = LongStream.iterate(rows.size(), r -> r < look, r -> r + DEFAULT_BATCH)
                    .boxed()
                    .toList();
            for (List<double[]> batch : context.map(batches, from -> measure(context, from, look))) {
                for (double[] row : batch) {
                    for (int j = 0; j < row.length; j++) {
                        sequences.get(j).add(row[j]);
                    }
                    rows.add(row);
                }
            }
            context.progress(look, cap);
            if (decision(sequences) != Decision.OPEN) {
                break;
            }
        }
        return verdict(sequences, rows, context.errorProbability());
    }

    private List<double[]> measure(ClaimContext context, long from, long look) {
        List<double[]> rows = new ArrayList<>();
        for (long r = from; r < Math.min(from + DEFAULT_BATCH, look); r++) {
            double[] row = replicate.measure(context, context.stream(r));
            Arguments.require(row.length == names.size(), "replicate %d has %d values for %s", r, row.length, names);
            for (int j = 0; j < row.length; j++) {
                if (!Double.isFinite(row[j])) {
                    throw new ArithmeticException(String.format(
                            Locale.ROOT,
                            "replicate %d with seed %d gave %s for %s",
                            r,
                            context.seed(),
                            row[j],
                            names.get(j)));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private Verdict verdict(List<AsymptoticSequence> sequences, List<double[]> rows, double alpha) {
        Verdict.Kind kind = Verdict.Kind.of(decision(sequences));
        double[] means =
                sequences.stream().mapToDouble(AsymptoticSequence::mean).toArray();
        int worst = farthest(means);
        Interval interval = sequences.get(worst).interval();
        List<String> notes = new ArrayList<>();
        double skewness = sequences.stream()
                .mapToDouble(s -> Math.abs(s.skewness()))
                .max()
                .orElse(0);
        notes.add("asymptotic: the error probability is a limit; largest skewness of the replicates "
                + ReasonText.number(skewness));
        notes.add("error probability of each of the " + names.size() + " means: "
                + ReasonText.number(alpha / names.size()));
        return new Verdict(
                kind,
                acceptance().upper() == Double.POSITIVE_INFINITY ? "meanAbove" : "meanWithin",
                String.format(
                        Locale.ROOT,
                        "farthest of %d means %s (%s) after %d replicates; its confidence sequence %s, accepted %s",
                        names.size(),
                        ReasonText.number(means[worst]),
                        names.get(worst),
                        rows.size(),
                        ReasonText.range(interval.lower(), interval.upper()),
                        ReasonText.range(acceptance().lower(), acceptance().upper())),
                new Statistic(statistic, means[worst], interval.lower(), interval.upper()),
                null,
                null,
                alpha,
                rows.size(),
                null,
                Map.of(),
                notes,
                List.of(table(sequences, rows)),
                List.of(figure(sequences)));
    }

    private ResultTable table(List<AsymptoticSequence> sequences, List<double[]> rows) {
        ResultTable.Builder table = MeanEvidence.columns(
                ResultTable.named("means", statistic + ": every mean").text("what", "mean of"));
        for (int j = 0; j < names.size(); j++) {
            int column = j;
            Moments moments =
                    Moments.of(rows.stream().mapToDouble(r -> r[column]).toArray());
            Interval interval = sequences.get(j).interval();
            table.row(
                    names.get(j), moments.mean(), MonteCarlo.errorOfMean(moments), interval.lower(), interval.upper());
        }
        return table.build();
    }

    private Figure figure(List<AsymptoticSequence> sequences) {
        double[] x = DoubleStream.iterate(1, v -> v + 1).limit(names.size()).toArray();
        double[] mean = sequences.stream().mapToDouble(AsymptoticSequence::mean).toArray();
        double[] lower =
                sequences.stream().mapToDouble(s -> s.interval().lower()).toArray();
        double[] upper =
                sequences.stream().mapToDouble(s -> s.interval().upper()).toArray();
        Figure.Builder figure = Figure.named("means", statistic, Axis.linear("row of the table"), Axis.linear("mean"))
                .caption("Means with their confidence sequences; horizontal lines bound what the statement accepts.");
        if (Arrays.stream(lower).allMatch(Double::isFinite)) {
            figure.layer(new Layer(Mark.ERROR_BAR, "mean", "", x, mean, lower, upper));
        }
        return MeanEvidence.lines(figure.layer(Mark.POINT, "mean", x, mean), acceptance())
                .build();
    }

    /**
     * Simulated with 500 paths of independent normal values; positively dependent ones, as estimates at several quantiles
     * are, stay in the acceptance set together more often.
     */
    @Override
    public double decisionProbability(Budget budget, double alpha) {
        double[] means = truths;
        double[] sd = deviations;
        if (means == null || sd == null) {
            throw new IllegalStateException(statistic + ": no expected means were stated");
        }
        long cap = cap(budget);
        List<Long> looks = Looks.until(cap, DEFAULT_BATCH);
        int decided = 0;
        for (int path = 0; path < SIMULATED_PATHS; path++) {
            RandomStream stream = RandomStream.of(0, "caps", 1, path);
            List<AsymptoticSequence> sequences = start(alpha, cap);
            for (long look : looks) {
                while (sequences.get(0).count() < look) {
                    for (int j = 0; j < means.length; j++) {
                        sequences.get(j).add(means[j] + sd[j] * stream.nextGaussian());
                    }
                }
                if (decision(sequences) != Decision.OPEN) {
                    decided++;
                    break;
                }
            }
        }
        return (double) decided / SIMULATED_PATHS;
    }
}
