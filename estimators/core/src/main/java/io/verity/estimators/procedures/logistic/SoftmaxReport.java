package io.verity.estimators.procedures.logistic;

import io.verity.estimators.logistic.CoefficientErrors;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.SoftmaxInference;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results, tables and figures of {@link FitLogistic} with a weight vector for each class. */
final class SoftmaxReport {
    /** Panels of the figure at most. */
    private static final int DRAWN = 6;

    /** Classes whose coefficients are printed on the terminal at most. */
    private static final int PRINTED = 4;

    private SoftmaxReport() {}

    static void add(
            Outcome.Builder outcome,
            LogisticData data,
            SoftmaxFit fit,
            SoftmaxInference inference,
            double[] scales,
            double level) {
        addClasses(outcome, data, fit, scales);
        int[] contrasts = inference.contrasts();
        String reference = data.classes().get(inference.baseline());
        List<List<CoefficientErrors>> rows = new ArrayList<>();
        List<@Nullable Object> interceptErrors = new ArrayList<>();
        for (int k : contrasts) {
            rows.add(LogisticReport.inColumnsAsGiven(inference.coefficients(k), scales));
            inference.intercept(k).ifPresent(e -> interceptErrors.add(LogisticReport.intercept(e, level)));
        }
        outcome.result("reference", reference)
                .result(
                        "contrasts",
                        Arrays.stream(contrasts).mapToObj(data.classes()::get).toList())
                .result("contrastCoefficients", LogisticReport.values(rows, true, CoefficientErrors::estimate))
                .result(
                        "contrastIntercepts",
                        Arrays.stream(contrasts)
                                .mapToDouble(k -> fit.intercept(k) - fit.intercept(inference.baseline()))
                                .toArray())
                .note(
                        "contrasts",
                        "classes compared with the reference: errors and tests are those of the differences");
        LogisticReport.addErrors(outcome, inference, fit.lambda(), rows, true, level);
        if (interceptErrors.isEmpty()) {
            outcome.missing("interceptErrors", LogisticReport.NO_INTERCEPT);
        } else {
            outcome.result("interceptErrors", interceptErrors);
        }
        LogisticReport.addLikelihood(outcome, inference, fit.lambda() > 0);
        outcome.table(contrasts(data, rows, inference, level))
                .table(LogisticReport.likelihood(inference, fit.lambda(), fit.objective(), fit.gradientNorm()));
        if (inference.covariance().isPresent() && !data.features().isEmpty()) {
            Map<String, List<CoefficientErrors>> panels = new LinkedHashMap<>();
            for (int c = 0; c < Math.min(DRAWN, contrasts.length); c++) {
                panels.put(data.classes().get(contrasts[c]) + " against " + reference, rows.get(c));
            }
            outcome.figure(CoefficientFigure.of(data, panels, level));
        }
    }

    private static void addClasses(Outcome.Builder outcome, LogisticData data, SoftmaxFit fit, double[] scales) {
        List<double[]> coefficients = new ArrayList<>();
        double[] intercepts = new double[fit.classes()];
        ResultTable.Builder table = ResultTable.named("coefficients", "Coefficients of each class")
                .text("class", "class")
                .text("name", "column")
                .number("estimate", "estimate", "");
        for (int k = 0; k < fit.classes(); k++) {
            double[] w = fit.weights(k);
            intercepts[k] = fit.intercept(k);
            table.row(data.classes().get(k), LogisticReport.INTERCEPT, intercepts[k]);
            for (int j = 0; j < w.length; j++) {
                w[j] /= scales[j];
                table.row(data.classes().get(k), data.features().get(j), w[j]);
            }
            coefficients.add(w);
        }
        outcome.result("classes", data.classes())
                .result("coefficients", coefficients)
                .result("intercepts", intercepts)
                .result("objective", fit.objective())
                .result("gradientNorm", fit.gradientNorm())
                .table(table.build());
    }

    private static ResultTable contrasts(
            LogisticData data, List<List<CoefficientErrors>> rows, SoftmaxInference inference, double level) {
        ResultTable.Builder table = LogisticReport.errorColumns(
                ResultTable.named(
                                "contrasts",
                                "Log-odds of each class against "
                                        + data.classes().get(inference.baseline()))
                        .text("class", "class")
                        .text("name", "column"),
                level);
        int[] contrasts = inference.contrasts();
        for (int c = 0; c < contrasts.length; c++) {
            String name = data.classes().get(contrasts[c]);
            inference
                    .intercept(contrasts[c])
                    .ifPresent(e -> LogisticReport.row(table, e, level, name, LogisticReport.INTERCEPT));
            for (int j = 0; j < rows.get(c).size(); j++) {
                LogisticReport.row(
                        table, rows.get(c).get(j), level, name, data.features().get(j));
            }
        }
        return table.build();
    }

    static String summary(
            LogisticData data, SoftmaxFit fit, SoftmaxInference inference, double[] scales, double level) {
        StringBuilder text = new StringBuilder(data.describe());
        text.append(String.format(
                Locale.ROOT,
                "%nsoftmax of %d classes, lambda %.6g (sum unit): log-likelihood %.6f, objective %.6f, %d iterations,"
                        + " gradient %.2g",
                fit.classes(),
                fit.lambda(),
                fit.logLikelihood(),
                fit.objective(),
                fit.iterations(),
                fit.gradientNorm()));
        LogisticReport.criteria(text, inference, fit.lambda() > 0);
        int[] contrasts = inference.contrasts();
        int left = 0;
        for (int c = 0; c < contrasts.length; c++) {
            List<CoefficientErrors> rows =
                    LogisticReport.inColumnsAsGiven(inference.coefficients(contrasts[c]), scales);
            if (c >= PRINTED) {
                left += rows.size();
                continue;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%nlog-odds of %s against %s",
                    data.classes().get(contrasts[c]),
                    data.classes().get(inference.baseline())));
            inference
                    .intercept(contrasts[c])
                    .ifPresent(e -> LogisticReport.line(text, LogisticReport.INTERCEPT, e, level));
            for (int j = 0; j < Math.min(LogisticReport.PRINTED, rows.size()); j++) {
                LogisticReport.line(text, data.features().get(j), rows.get(j), level);
            }
            left += Math.max(0, rows.size() - LogisticReport.PRINTED);
        }
        LogisticReport.more(text, left);
        return text.toString();
    }
}
