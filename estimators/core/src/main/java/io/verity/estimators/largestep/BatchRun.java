package io.verity.estimators.largestep;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.LogisticKernel;
import io.verity.stats.linalg.MarginFunctions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent with many step sizes at once: the states are the columns of a matrix, so that matrix-vector products,
 * which wait for memory, become matrix products. A column whose run has ended is taken out; what happens in a column does
 * not depend on the others.
 */
final class BatchRun {
    /** Entries of the data below which independent runs are faster. */
    private static final long WORTHWHILE = 1L << 16;

    private final SeparableData data;
    private final LogisticKernel kernel;
    private final MarginFunctions functions;
    private final double factor;
    private final LargeStepFit[] results;
    private Column[] columns;
    private double[] scales;
    private double[] states; // d x K
    private double[] products; // n x K
    private double[] sums; // d x K
    private double[] smallest;
    private double[] largest;
    private int t;

    static boolean suits(Settings settings, SeparableData data, int runs) {
        return runs > 1
                && settings.variant == Variant.GD
                && !settings.averages()
                && settings.modeFor(data) == Mode.PRIMAL
                && (long) data.n() * data.d() >= WORTHWHILE;
    }

    BatchRun(Settings settings, SeparableData data, double[] stepSizes) {
        this.data = data;
        DenseBackend backend = settings.backend();
        kernel = backend.logisticKernel(backend.upload(data.flat(), data.n(), data.d()));
        functions = backend.functions();
        int k = stepSizes.length;
        double unit = settings.unit(data);
        factor = unit == 1 ? 1.0 / data.n() : 1;
        results = new LargeStepFit[k];
        columns = new Column[k];
        scales = new double[k];
        states = new double[data.d() * k];
        for (int c = 0; c < k; c++) {
            Settings own = settings.withStepSize(stepSizes[c]);
            columns[c] = new Column(own, c, unit);
            scales[c] = stepSizes[c] / unit;
            double[] start = own.startState(data);
            for (int j = 0; j < start.length; j++) {
                states[j * k + c] = start[j];
            }
        }
        products = new double[data.n() * k];
        sums = new double[data.d() * k];
        smallest = new double[k];
        largest = new double[k];
    }

    List<LargeStepFit> run() {
        while (columns.length > 0) {
            kernel.passBatch(states, scales, products, sums);
            scan();
            boolean[] ended = new boolean[columns.length];
            boolean any = false;
            for (int c = 0; c < columns.length; c++) {
                ended[c] = columns[c].look(c);
                any |= ended[c];
            }
            for (int p = 0; p < states.length; p++) {
                states[p] += factor * sums[p];
            }
            if (any) {
                remove(ended);
            }
            t++;
        }
        return List.of(results);
    }

    /** Smallest product of every column; NaN where one is not finite. */
    private void scan() {
        int k = columns.length;
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int p = 0; p < products.length; p += k) {
            for (int c = 0; c < k; c++) {
                smallest[c] = Math.min(smallest[c], products[p + c]); // keeps NaN
                largest[c] = Math.max(largest[c], products[p + c]);
            }
        }
        for (int c = 0; c < k; c++) {
            if (!Double.isFinite(smallest[c]) || !Double.isFinite(largest[c])) {
                smallest[c] = Double.NaN;
            }
        }
    }

    private void remove(boolean[] ended) {
        int k = columns.length;
        int left = 0;
        for (boolean e : ended) {
            left += e ? 0 : 1;
        }
        Column[] kept = new Column[left];
        double[] keptScales = new double[left];
        double[] keptStates = new double[data.d() * left];
        int to = 0;
        for (int c = 0; c < k; c++) {
            if (!ended[c]) {
                kept[to] = columns[c];
                keptScales[to] = scales[c];
                for (int j = 0; j < data.d(); j++) {
                    keptStates[j * left + to] = states[j * k + c];
                }
                to++;
            }
        }
        columns = kept;
        scales = keptScales;
        states = keptStates;
        products = new double[data.n() * left];
        sums = new double[data.d() * left];
        smallest = new double[left];
        largest = new double[left];
    }

    /** The run of one step size, looking at its column. */
    private final class Column implements Observer.View {
        private final Track track;
        private final int run;
        private final double unit;
        private final double scale;
        private final double[] own = new double[data.n()];
        private int column;

        Column(Settings settings, int run, double unit) {
            this.track = new Track(settings, data);
            this.run = run;
            this.unit = unit;
            this.scale = settings.stepSize / unit;
        }

        double[] productsOf(int c) {
            int k = columns.length;
            for (int i = 0; i < own.length; i++) {
                own[i] = products[i * k + c];
            }
            return own;
        }

        /** Whether the run ends at the present iterate. */
        boolean look(int c) {
            column = c;
            if (track.mustSee(t)) {
                productsOf(c);
            }
            Status status = track.look(t, smallest[c], this);
            if (status == null) {
                return false;
            }
            productsOf(c);
            results[run] = track.result(status, t, this, null, Mode.PRIMAL);
            return true;
        }

        @Override
        public double scale() {
            return scale;
        }

        @Override
        public double[] products() {
            return own;
        }

        @Override
        public double lossSum() {
            return functions.lossSum(scale, own);
        }

        @Override
        public double smallest() {
            return smallest[column];
        }

        @Override
        public void scaledTheta(double[] target) {
            int k = columns.length;
            for (int j = 0; j < target.length; j++) {
                target[j] = states[j * k + column] / unit;
            }
        }

        @Override
        public double gradientNorm() {
            double[] weights = new double[own.length];
            double[] gradient = new double[data.d()];
            functions.sigmoidNegative(scale, own, weights);
            kernel.combine(weights, gradient);
            return RunGeometry.norm(gradient) / own.length;
        }

        @Override
        public double @Nullable [] averagedProducts() {
            return null;
        }
    }
}
