package io.verity.estimators.largestep;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures iterates, and fills a {@link Trace} and the {@link LossHistory} as a run proceeds. */
final class Observer {
    private static final int FIRST_CAPACITY = 64;

    private final SeparableData data;
    private final DenseBackend backend;
    private final MarginFunctions functions;
    private final Margins summaries;
    private final Recorder recorder;
    private final List<Field> fields;
    private final @Nullable MarginResult maxMargin;
    private final double stepSize;
    private final boolean watchLoss;
    private final double[] theta;
    private int[] times = new int[FIRST_CAPACITY];
    private double[][] values;
    private double[][] iterates;
    private int size;

    private double loss = Double.NaN;
    private int increases;
    private int lastIncrease = -1;
    private double peak = Double.NEGATIVE_INFINITY;

    /** What a run shows of its present iterate; its margins are {@code scale * products}. */
    interface View {
        double scale();

        double[] products();

        /** Sum of the logistic losses of the margins. */
        double lossSum();

        /** Smallest product. */
        double smallest();

        void scaledTheta(double[] target);

        double gradientNorm();

        /** Products of the average iterate; null where no average is kept or none exists yet. */
        double @Nullable [] averagedProducts();
    }

    Observer(SeparableData data, DenseBackend backend, Recorder recorder, double stepSize, boolean watchLoss) {
        this.data = data;
        this.backend = backend;
        this.functions = backend.functions();
        this.summaries = new Margins(functions, data.n());
        this.recorder = recorder;
        this.fields = recorder.fields();
        this.maxMargin = recorder.maxMargin(data);
        this.stepSize = stepSize;
        // a loss noted at every iterate is computed once, here
        this.watchLoss = watchLoss
                || recorder.needsLossHistory()
                || (recorder.stride() == 1 && (recorder.has(Field.LOSS) || recorder.has(Field.LOG_LOSS)));
        this.theta = new double[data.d()];
        this.values = new double[fields.size()][FIRST_CAPACITY];
        this.iterates = new double[recorder.keepsIterates() ? FIRST_CAPACITY : 0][];
    }

    /** Whether {@link #see} must be called at every iterate. */
    boolean watchesLoss() {
        return watchLoss;
    }

    /** The loss of the iterate last seen; NaN when nothing asks for it at every iterate. */
    double loss() {
        return loss;
    }

    /** Sees every iterate, whether recorded or not. */
    void see(int t, View view, boolean separated) {
        if (!watchLoss) {
            return;
        }
        double now = view.lossSum() / data.n();
        if (t > 0 && now > loss) {
            increases++;
            lastIncrease = t;
        }
        loss = now;
        if (!separated) {
            peak = Math.max(peak, now);
        }
    }

    boolean records(int t, boolean last) {
        return !recorder.isEmpty() && (last || t % recorder.stride() == 0);
    }

    void record(int t, View view) {
        if (size == times.length) {
            grow();
        }
        times[size] = t;
        if (recorder.needsIterate()) {
            view.scaledTheta(theta);
            if (recorder.keepsIterates()) {
                iterates[size] = theta.clone();
            }
        }
        for (int k = 0; k < values.length; k++) {
            values[k][size] = value(fields.get(k), view);
        }
        size++;
    }

    private double value(Field field, View view) {
        double scale = view.scale();
        double[] u = view.products();
        return switch (field) {
            case LOSS -> presentLoss(view);
            case LOG_LOSS -> summaries.logMeanLoss(scale, u, presentLoss(view));
            case GRADIENT_NORM -> view.gradientNorm();
            case MEAN_SIGMOID -> summaries.meanSigmoid(scale, u);
            case MISCLASSIFIED -> functions.countNonPositive(u);
            case MIN_MARGIN -> scale * view.smallest();
            case NORM -> stepSize * RunGeometry.norm(theta);
            case NORMALIZED_MARGIN -> normalizedMargin(view);
            case MARGIN_RATIO -> normalizedMargin(view) / reference().marginLower();
            case ANGLE_DEGREES -> RunGeometry.angleDegrees(theta, reference().direction());
            case SHARPNESS -> sharpness(view);
            case EDGE_RATIO -> stepSize * sharpness(view) / 2;
            case LOSS_INCREASES -> increases;
            case LAST_INCREASE -> lastIncrease;
            case PEAK_LOSS_BEFORE_SEPARATION -> peak;
            case LOG_EXPONENTIAL_LOSS -> summaries.logExponentialLoss(scale, u);
            case AVERAGED_LOG_EXPONENTIAL_LOSS -> {
                double[] averaged = view.averagedProducts();
                yield averaged == null ? Double.NaN : summaries.logExponentialLoss(scale, averaged);
            }
            case AVERAGED_MIN_MARGIN -> {
                double[] averaged = view.averagedProducts();
                yield averaged == null ? Double.NaN : scale * Margins.smallestOrNaN(averaged);
            }
        };
    }

    private double presentLoss(View view) {
        return watchLoss ? loss : view.lossSum() / data.n();
    }

    private MarginResult reference() {
        if (maxMargin == null) {
            throw new IllegalStateException("checked when the observer was made");
        }
        return maxMargin;
    }

    private double normalizedMargin(View view) {
        double norm = stepSize * RunGeometry.norm(theta);
        return norm > 0 ? view.scale() * view.smallest() / norm : Double.NaN;
    }

    /** \( \lambda_{\max} \) of \( H = \frac1n\sum s_i(1-s_i)z_iz_i^\top \). */
    private double sharpness(View view) {
        int n = data.n();
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double m = view.scale() * view.products()[i];
            weights[i] = LogisticLoss.sigmoidNegative(m) * LogisticLoss.sigmoidNegative(-m) / n;
        }
        return Spectrum.largestEigenvalue(backend, data, weights);
    }

    private void grow() {
        int capacity = 2 * times.length;
        times = Arrays.copyOf(times, capacity);
        for (int k = 0; k < values.length; k++) {
            values[k] = Arrays.copyOf(values[k], capacity);
        }
        if (recorder.keepsIterates()) {
            iterates = Arrays.copyOf(iterates, capacity);
        }
    }

    Snapshot snapshot(View view) {
        double scale = view.scale();
        double[] u = view.products();
        view.scaledTheta(theta);
        double now = view.lossSum() / data.n();
        return new Snapshot(
                now,
                summaries.logMeanLoss(scale, u, now),
                view.gradientNorm(),
                summaries.meanSigmoid(scale, u),
                functions.countNonPositive(u),
                scale * Margins.smallestOrNaN(u),
                stepSize * RunGeometry.norm(theta),
                normalizedMargin(view));
    }

    Trace trace() {
        double[][] trimmed = new double[values.length][];
        for (int k = 0; k < values.length; k++) {
            trimmed[k] = Arrays.copyOf(values[k], size);
        }
        return new Trace(
                fields,
                Arrays.copyOf(times, size),
                trimmed,
                recorder.keepsIterates() ? Arrays.copyOf(iterates, size) : null,
                stepSize);
    }

    @Nullable LossHistory history() {
        return watchLoss ? new LossHistory(increases, lastIncrease, peak) : null;
    }
}
