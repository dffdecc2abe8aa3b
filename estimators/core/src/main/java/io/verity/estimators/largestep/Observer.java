package io.verity.estimators.largestep;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Trace} and the {@link LossHistory} as a run proceeds. */
final class Observer {
    private static final int FIRST_CAPACITY = 64;

    private final SeparableData data;
    private final Products products;
    private final Recorder recorder;
    private final List<Field> fields;
    private final @Nullable MarginResult maxMargin;
    private final double stepSize;
    private final boolean watchLoss;
    private final double[] weights;
    private final double[] gradient;
    private int[] times = new int[FIRST_CAPACITY];
    private double[][] values;
    private double[][] iterates;
    private int size;

    private double loss = Double.NaN;
    private int increases;
    private int lastIncrease = -1;
    private double peak = Double.NEGATIVE_INFINITY;

    /**
     * What a run shows of its present iterate. {@code averagedMargins} is null where no average is kept or none exists yet.
     */
    interface View {
        double[] margins();

        void scaledTheta(double[] target);

        double @Nullable [] averagedMargins();
    }

    Observer(SeparableData data, Recorder recorder, double stepSize, boolean watchLoss) {
        this.data = data;
        this.products = new Products(data);
        this.recorder = recorder;
        this.fields = recorder.fields();
        this.maxMargin = recorder.maxMargin(data);
        this.stepSize = stepSize;
        this.watchLoss = watchLoss || recorder.needsLossHistory();
        this.weights = new double[data.n()];
        this.gradient = new double[data.d()];
        this.values = new double[fields.size()][FIRST_CAPACITY];
        this.iterates = new double[recorder.keepsIterates() ? FIRST_CAPACITY : 0][];
    }

    /** The loss of the iterate last seen; NaN when nothing asks for it at every iterate. */
    double loss() {
        return loss;
    }

    /** Sees every iterate, whether recorded or not. */
    void see(int t, double[] margins, boolean separatedBefore) {
        if (!watchLoss) {
            return;
        }
        double now = Margins.meanLoss(margins);
        if (t > 0 && now > loss) {
            increases++;
            lastIncrease = t;
        }
        loss = now;
        if (!separatedBefore) {
            peak = Math.max(peak, now);
        }
    }

    void record(int t, boolean last, View view) {
        if (recorder.isEmpty() || (t % recorder.stride() != 0 && !last)) {
            return;
        }
        if (size == times.length) {
            grow();
        }
        times[size] = t;
        double[] theta = new double[0];
        if (recorder.needsIterate()) {
            theta = new double[data.d()];
            view.scaledTheta(theta);
            if (recorder.keepsIterates()) {
                iterates[size] = theta;
            }
        }
        for (int k = 0; k < values.length; k++) {
            values[k][size] = value(fields.get(k), view, theta);
        }
        size++;
    }

    private double value(Field field, View view, double[] scaledTheta) {
        double[] m = view.margins();
        return switch (field) {
            case LOSS -> presentLoss(m);
            case LOG_LOSS -> Margins.logMeanLoss(m, presentLoss(m));
            case GRADIENT_NORM -> gradientNorm(m);
            case MEAN_SIGMOID -> Margins.meanSigmoid(m);
            case MISCLASSIFIED -> Margins.misclassified(m);
            case MIN_MARGIN -> Margins.smallest(m);
            case NORM -> stepSize * RunGeometry.norm(scaledTheta);
            case NORMALIZED_MARGIN -> normalizedMargin(m, scaledTheta);
            case MARGIN_RATIO -> normalizedMargin(m, scaledTheta) / reference().marginLower();
            case ANGLE_DEGREES ->
                RunGeometry.angleDegrees(scaledTheta, reference().direction());
            case SHARPNESS -> sharpness(m);
            case EDGE_RATIO -> stepSize * sharpness(m) / 2;
            case LOSS_INCREASES -> increases;
            case LAST_INCREASE -> lastIncrease;
            case PEAK_LOSS_BEFORE_SEPARATION -> peak;
            case LOG_EXPONENTIAL_LOSS -> Margins.logExponentialLoss(m);
            case AVERAGED_LOG_EXPONENTIAL_LOSS -> {
                double[] averaged = view.averagedMargins();
                yield averaged == null ? Double.NaN : Margins.logExponentialLoss(averaged);
            }
            case AVERAGED_MIN_MARGIN -> {
                double[] averaged = view.averagedMargins();
                yield averaged == null ? Double.NaN : Margins.smallest(averaged);
            }
        };
    }

    private double presentLoss(double[] m) {
        return watchLoss ? loss : Margins.meanLoss(m);
    }

    private MarginResult reference() {
        if (maxMargin == null) {
            throw new IllegalStateException("checked when the observer was made");
        }
        return maxMargin;
    }

    double gradientNorm(double[] m) {
        Weights.sigmoids(m, weights);
        products.transposedTimes(weights, gradient);
        return RunGeometry.norm(gradient) / data.n();
    }

    private double normalizedMargin(double[] m, double[] scaledTheta) {
        double norm = stepSize * RunGeometry.norm(scaledTheta);
        return norm > 0 ? Margins.smallest(m) / norm : Double.NaN;
    }

    /** \( \lambda_{\max} \) of \( H = \frac1n\sum s_i(1-s_i)z_iz_i^\top \), on the smaller of the two Gram matrices. */
    private double sharpness(double[] m) {
        int n = data.n();
        int d = data.d();
        double[] rows = new double[n * d];
        for (int i = 0; i < n; i++) {
            double s = Scalars.sigmoidNegative(m[i]);
            double root = Math.sqrt(s * Scalars.sigmoidNegative(-m[i]) / n);
            for (int j = 0; j < d; j++) {
                rows[i * d + j] = root * data.get(i, j);
            }
        }
        int size = Math.min(n, d);
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        for (int p = 0; p < size; p++) {
            for (int q = 0; q <= p; q++) {
                double sum = 0;
                for (int k = 0; k < Math.max(n, d); k++) {
                    sum = n >= d
                            ? Math.fma(rows[k * d + p], rows[k * d + q], sum)
                            : Math.fma(rows[p * d + k], rows[q * d + k], sum);
                }
                gram.set(p, q, sum);
                gram.set(q, p, sum);
            }
        }
        return SeparableData.largestEigenvalue(gram);
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
