package io.verity.estimators.probe;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.Status;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.losses.LogisticLoss;
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
        return settings.multiclass == Multiclass.SOFTMAX
                ? softmax(settings, x, y, split, classes)
                : oneVersusRest(settings, x, y, split, classes);
    }

    /** One penalty for all classes, by validation accuracy (or log loss, where that is the criterion). */
    private static MulticlassResult softmax(RaptorSettings settings, DMatrixRMaj x, int[] y, Split split, int classes) {
        Arguments.require(
                settings.selection == Selection.ACCURACY || settings.selection == Selection.LOG_LOSS,
                "softmax chooses C by accuracy or log loss, but the selection is %s",
                settings.selection);
        int[] train = split.train();
        int[] validation = split.validation();
        Standardizer standardizer = Standardizer.of(x, train, settings.scaleFloor);
        if (standardizer.kept().length == 0) {
            throw new ZeroDirectionException(x.numCols);
        }
        DMatrixRMaj z = standardizer.transform(x, train);
        int[] labels = Rows.select(y, train);
        DMatrixRMaj judged = standardizer.transform(x, validation);
        boolean tuned = TunedFit.bothClasses(y, validation);
        double[] accuracy = new double[tuned ? settings.grid.length : 0];
        int best = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        List<LinearProbe> early = List.of();
        boolean converged = true;
        double[] lambdas = Arrays.stream(settings.grid).map(c -> 1 / c).toArray();
        List<SoftmaxFit> path =
                tuned ? settings.solverFor(train).pathMultinomial(z, labels, classes, lambdas) : List.of();
        for (int c = 0; c < path.size(); c++) {
            SoftmaxFit fit = path.get(c);
            converged &= fit.status() == Status.CONVERGED;
            List<LinearProbe> probes = folded(fit, standardizer);
            accuracy[c] = accuracy(probes, x, y, validation);
            double value =
                    settings.selection == Selection.LOG_LOSS ? -logLoss(fit, judged, y, validation) : accuracy[c];
            if (value > bestValue) {
                bestValue = value;
                best = c;
                early = probes;
            }
        }
        double chosen = tuned ? settings.grid[best] : 1;
        if (!tuned) {
            early = folded(
                    settings.solverFor(train).fitMultinomial(z, labels, classes, Penalty.inverseC(chosen)),
                    standardizer);
        }
        int[] pool = split.pool();
        double lambda = settings.refitUnit == RefitUnit.MEAN
                ? settings.totalWeight(pool) / settings.totalWeight(train) / chosen
                : 1 / chosen;
        SoftmaxFit fit = settings.solverFor(pool)
                .fitMultinomial(standardizer.transform(x, pool), Rows.select(y, pool), classes, Penalty.sum(lambda));
        double[] all = new double[classes];
        Arrays.fill(all, chosen);
        return result(
                settings,
                x,
                y,
                split,
                Multiclass.SOFTMAX,
                folded(fit, standardizer),
                early,
                accuracy,
                all,
                standardizer.excluded(),
                converged && fit.status() == Status.CONVERGED);
    }

    /** Fits at given C, one per class, on given rows, standardised on them. */
    static List<LinearProbe> at(RaptorSettings settings, double[] c, DMatrixRMaj x, int[] y, int[] rows) {
        int classes = Arrays.stream(y).max().orElse(0) + 1;
        Arguments.require(c.length == classes, "%d classes need as many values of C, not %d", classes, c.length);
        if (settings.multiclass == Multiclass.ONE_VS_REST) {
            List<LinearProbe> probes = new ArrayList<>();
            for (int k = 0; k < classes; k++) {
                probes.add(TunedFit.at(settings, c[k], x, against(y, k), rows));
            }
            return probes;
        }
        Standardizer standardizer = Standardizer.of(x, rows, settings.scaleFloor);
        if (standardizer.kept().length == 0) {
            throw new ZeroDirectionException(x.numCols);
        }
        return folded(
                settings.solverFor(rows)
                        .fitMultinomial(
                                standardizer.transform(x, rows), Rows.select(y, rows), classes, Penalty.inverseC(c[0])),
                standardizer);
    }

    /** A class against the others. */
    private static int[] against(int[] y, int label) {
        return Arrays.stream(y).map(v -> v == label ? 1 : 0).toArray();
    }

    private static double logLoss(SoftmaxFit fit, DMatrixRMaj z, int[] y, int[] rows) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] scores = fit.scores(Rows.row(z, i));
            sum += LogisticLoss.logSumExp(scores) - scores[y[rows[i]]];
        }
        return sum / rows.length;
    }

    /** On raw columns; folding moves the intercepts apart, so they are centred again. */
    private static List<LinearProbe> folded(SoftmaxFit fit, Standardizer standardizer) {
        List<LinearProbe> probes = new ArrayList<>();
        double mean = 0;
        for (int k = 0; k < fit.classes(); k++) {
            probes.add(standardizer.foldBack(fit.weights(k), fit.intercept(k)));
            mean += probes.get(k).intercept() / fit.classes();
        }
        double centre = mean;
        return probes.stream()
                .map(p -> LinearProbe.of(p.weights(), p.intercept() - centre))
                .toList();
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
            int[] rest = against(y, k);
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
