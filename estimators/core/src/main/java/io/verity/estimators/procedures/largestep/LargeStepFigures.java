package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.Trace;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The figures of the large-step commands. */
final class LargeStepFigures {
    /** Points drawn per curve at most: more are not visible and make the figure heavy. */
    private static final int DRAWN = 600;

    /** Runs longer than this are drawn over the logarithm of t. */
    private static final int SHORT_RUN = 200;

    private LargeStepFigures() {}

    /** Loss and misclassified rows along the iterations. */
    static Figure trace(LargeStepFit fit) {
        Trace trace = fit.trace();
        boolean logarithmic = fit.iterations() > SHORT_RUN;
        int[] times = trace.iterations();
        int[] shown = shown(times, logarithmic);
        double[] t =
                Arrays.stream(shown).mapToDouble(k -> trace.iterations()[k]).toArray();
        Axis x = logarithmic ? Axis.log10("iteration t (from 1)") : Axis.linear("iteration t");
        Figure.Builder figure = Figure.named(
                        "trace", "Loss and misclassified rows along the run", x, Axis.linear("value"))
                .caption("A large step may raise the loss on the way to separation; the number of misclassified rows is"
                        + " what tells when the classes are separated.")
                .layer(Mark.LINE, fit.method(), "mean loss", t, picked(trace.values(Field.LOSS), shown))
                .layer(
                        Mark.STEP,
                        fit.method(),
                        "misclassified rows",
                        t,
                        picked(trace.values(Field.MISCLASSIFIED), shown));
        return figure.build();
    }

    /** The numbers behind {@link #trace}. */
    static ResultTable traceTable(LargeStepFit fit) {
        Trace trace = fit.trace();
        ResultTable.Builder table = ResultTable.named("trace", "Along the iterations")
                .integer("t", "iteration t", "")
                .number("loss", "mean loss", "")
                .integer("misclassified", "misclassified rows", "")
                .number("minMargin", "smallest margin", "");
        int[] times = trace.iterations();
        double[] loss = trace.values(Field.LOSS);
        double[] misclassified = trace.values(Field.MISCLASSIFIED);
        double[] minMargin = trace.values(Field.MIN_MARGIN);
        for (int k : shown(times, fit.iterations() > SHORT_RUN)) {
            table.row(times[k], loss[k], (long) misclassified[k], minMargin[k]);
        }
        return table.build();
    }

    /** Indices of the iterates to draw: all, or evenly spread over the axis. */
    private static int[] shown(int[] times, boolean logarithmic) {
        List<Integer> kept = new ArrayList<>();
        double last = times[times.length - 1];
        double previous = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < times.length; k++) {
            if (logarithmic && times[k] == 0) {
                continue;
            }
            double position = logarithmic
                    ? StrictMath.log(times[k]) / StrictMath.log(Math.max(last, 2))
                    : times[k] / Math.max(last, 1);
            if (position >= previous + 1.0 / DRAWN || k == times.length - 1) {
                kept.add(k);
                previous = position;
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] picked(double[] values, int[] shown) {
        return Arrays.stream(shown).mapToDouble(k -> values[k]).toArray();
    }

    /** Iterations to separation against the step size, with the perceptron's as a line. */
    static Figure sweep(String variant, double[] steps, List<LargeStepFit> fits, OptionalInt perceptron) {
        double[] separated = new double[fits.size()];
        double[] x = new double[fits.size()];
        int count = 0;
        for (int k = 0; k < fits.size(); k++) {
            OptionalInt at = fits.get(k).separatedAt();
            if (at.isPresent()) {
                x[count] = steps[k];
                separated[count++] = Math.max(1, at.getAsInt());
            }
        }
        x = Arrays.copyOf(x, count);
        separated = Arrays.copyOf(separated, count);
        Figure.Builder figure = Figure.named(
                        "separation",
                        "Iterations to separation",
                        Axis.log10("step size"),
                        Axis.log10("first separating iterate"))
                .caption(
                        "Small steps need a number of iterations proportional to 1/step; large steps behave like the batch"
                                + " perceptron. Runs that did not separate are left out.")
                .layer(Mark.LINE, variant, x, separated)
                .layer(Mark.POINT, variant, x, separated);
        if (perceptron.isPresent() && count > 0) {
            figure.layer(Mark.HORIZONTAL_LINE, "batch perceptron", new double[] {x[0]}, new double[] {
                Math.max(1, perceptron.getAsInt())
            });
        }
        return figure.build();
    }
}
