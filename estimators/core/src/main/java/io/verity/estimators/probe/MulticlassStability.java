package io.verity.estimators.probe;

import io.verity.estimators.probe.DirectionSpread.Kind;
import io.verity.stats.inference.Moments;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stabilities of the directions of several classes, side by side, and their means over the classes. All classes of a run come from
 * the same rows, so that the error of a mean is not that of independent classes: it is taken over runs, after averaging.
 *
 * @param classes the stabilities of every class
 * @param means over the classes: drop-out, disjoint halves, and the bootstrap where it was asked for
 */
public record MulticlassStability(List<StabilityReport> classes, List<Mean> means) {
    /** Copies the lists. */
    public MulticlassStability {
        classes = List.copyOf(classes);
        means = List.copyOf(means);
    }

    /**
     * Mean over the classes.
     *
     * @param kind which rows the directions were found on
     * @param runs subsets, pairs of halves, or resamples
     * @param mean of the classes' mean cosines
     * @param standardError of the mean: for drop-out by the jackknife over runs, for halves over the cuts; for a bootstrap the standard
     *     deviation over resamples; NaN for drop-out of two runs
     * @param signedMean mean of the cosines with their signs
     */
    public record Mean(Kind kind, int runs, double mean, double standardError, double signedMean) {

        static Mean of(List<DirectionSpread> spreads, boolean absolute) {
            DirectionSpread any = spreads.get(0);
            boolean folded = absolute && any.kind() == Kind.DROPOUT;
            double[] counted = new double[any.cosines().length];
            double signed = 0;
            for (DirectionSpread spread : spreads) {
                double[] cosines = spread.cosines();
                for (int r = 0; r < counted.length; r++) {
                    counted[r] += (folded ? Math.abs(cosines[r]) : cosines[r]) / spreads.size();
                }
                signed += spread.signedMean() / spreads.size();
            }
            Moments moments = Moments.of(counted);
            double error = switch (any.kind()) {
                case DROPOUT -> DirectionSpread.jackknife(any.runs(), counted);
                case DISJOINT_HALVES -> moments.standardDeviation() / Math.sqrt(counted.length);
                case BOOTSTRAP -> moments.standardDeviation();
            };
            return new Mean(any.kind(), any.runs(), moments.mean(), error, signed);
        }
    }

    static MulticlassStability of(List<StabilityReport> classes, boolean absolute) {
        List<Mean> means = new ArrayList<>();
        for (int kind = 0; kind < classes.get(0).all().size(); kind++) {
            int at = kind;
            means.add(Mean.of(classes.stream().map(c -> c.all().get(at)).toList(), absolute));
        }
        return new MulticlassStability(classes, means);
    }

    /**
     * @param labels name of every class
     * @return one row per class and kind, those of the means last
     */
    public ResultTable toTable(List<String> labels) {
        ResultTable.Builder table = ResultTable.named("stability", "Would the directions be found again?")
                .text("class", "class")
                .text("kind", "rows")
                .integer("runs", "runs", "")
                .column(new ResultTable.Column("mean", "mean cosine", "", ResultTable.Kind.NUMBER, "standardError"))
                .number("standardError", "s.e.", "")
                .number("signedMean", "signed mean", "")
                .note(StabilityReport.OVERLAP);
        for (int k = 0; k < classes.size(); k++) {
            for (DirectionSpread s : classes.get(k).all()) {
                String kind = StabilityReport.words(s.kind());
                table.row(labels.get(k), kind, s.runs(), s.mean(), finite(s.standardError()), s.signedMean());
            }
        }
        for (Mean m : means) {
            String kind = StabilityReport.words(m.kind);
            table.row("mean of the classes", kind, m.runs, m.mean, finite(m.standardError), m.signedMean);
        }
        return table.build();
    }

    private static @Nullable Object finite(double value) {
        return Double.isNaN(value) ? null : (Object) value;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int kind = 0; kind < means.size(); kind++) {
            int at = kind;
            Mean m = means.get(kind);
            DoubleSummaryStatistics over =
                    classes.stream().mapToDouble(c -> c.all().get(at).mean()).summaryStatistics();
            text.append(kind == 0 ? "" : "\n")
                    .append(String.format(
                            Locale.ROOT,
                            "%s: mean cosine %s%s over %d classes and %d runs, classes from %s to %s",
                            m.kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            Rounded.to(m.mean, 4),
                            Double.isNaN(m.standardError) ? "" : " (s.e. " + Rounded.to(m.standardError, 2) + ")",
                            classes.size(),
                            m.runs,
                            Rounded.to(over.getMin(), 4),
                            Rounded.to(over.getMax(), 4)));
        }
        return text.toString();
    }
}
