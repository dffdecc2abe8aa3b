package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The protocol for several classes. */
final class MulticlassFitting {
    private MulticlassFitting() {}

    static MulticlassResult fit(RaptorSettings settings, DMatrixRMaj x, int[] y, Split split) {
        for (int i = 0; i < y.length; i++) {
            Arguments.require(y[i] >= 0, "classes are 0, 1, ..., but row %d has %d", i + 1, y[i]);
        }
        int classes = Arrays.stream(y).max().orElse(0) + 1;
        int[] counts = Arrays.copyOf(Stratification.classCounts(split.train(), y), classes);
        for (int k = 0; k < classes; k++) {
            if (counts[k] == 0 || classes == 1) {
                throw new EstimationException(
                        classes == 1
                                ? "all rows belong to one class"
                                : "class " + k + " has no training row (rows per class: " + Arrays.toString(counts)
                                        + ")",
                        "give training rows of every class");
            }
        }
        return oneVersusRest(settings, x, y, split, classes);
    }

    private static MulticlassResult oneVersusRest(
            RaptorSettings settings, DMatrixRMaj x, int[] y, Split split, int classes) {
        int[] train = split.train();
        int[] validation = split.validation();
        List<LinearProbe> probes = new ArrayList<>();
        List<LinearProbe> early = new ArrayList<>();
        double[] chosen = new double[classes];
        double[] curve = new double[0];
        int[] excluded = new int[0];
        boolean converged = true;
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] rest = Arrays.stream(y).map(v -> v == label ? 1 : 0).toArray();
            TunedFit fit = TunedFit.of(settings, x, rest, train, validation, split.groupsOrNull(), k);
            probes.add(fit.probe());
            chosen[k] = fit.c();
            converged &= fit.converged() && fit.path().failures() == 0;
            excluded = fit.standardizer().excluded();
            double[] accuracy = fit.path().accuracy();
            curve = curve.length == 0 ? new double[accuracy.length] : curve;
            for (int c = 0; c < accuracy.length; c++) {
                curve[c] += accuracy[c] / classes;
            }
            early.add(TunedFit.at(settings, fit.c(), x, rest, train));
        }
        return result(settings, x, y, split, Multiclass.ONE_VS_REST, probes, early, curve, chosen, excluded, converged);
    }

    private static MulticlassResult result(
            RaptorSettings settings,
            DMatrixRMaj x,
            int[] y,
            Split split,
            Multiclass scheme,
            List<LinearProbe> probes,
            List<LinearProbe> early,
            double[] curve,
            double[] chosen,
            int[] excluded,
            boolean converged) {
        int classes = probes.size();
        int[][] confusion = new int[classes][classes];
        int[] test = split.test();
        int[] predicted = MulticlassResult.predict(probes, x, test);
        for (int i = 0; i < test.length; i++) {
            confusion[y[test[i]]][predicted[i]]++;
        }
        return new MulticlassResult(
                scheme,
                probes,
                settings.grid.clone(),
                curve,
                chosen,
                accuracy(probes, x, y, split.train()),
                accuracy(early, x, y, split.validation()),
                accuracy(probes, x, y, test),
                confusion,
                excluded,
                converged);
    }

    static double accuracy(List<LinearProbe> probes, DMatrixRMaj x, int[] y, int[] rows) {
        int[] predicted = MulticlassResult.predict(probes, x, rows);
        int right = 0;
        for (int i = 0; i < rows.length; i++) {
            right += predicted[i] == y[rows[i]] ? 1 : 0;
        }
        return rows.length == 0 ? Double.NaN : (double) right / rows.length;
    }
}
