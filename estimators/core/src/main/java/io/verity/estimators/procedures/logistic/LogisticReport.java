package io.verity.estimators.procedures.logistic;

import io.verity.estimators.logistic.CoefficientErrors;
import io.verity.estimators.logistic.CrossValidation;
import io.verity.estimators.logistic.ErrorKind;
import io.verity.estimators.logistic.LogisticInference;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.inference.Interval;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Results, tables and figures of {@link FitLogistic}. */
final class LogisticReport {
    private static final String PENALISED =
            "the penalty biases the coefficients towards zero, so z is not standard normal; see standardErrors for their spread";
    private static final String TOO_MANY =
            "no covariance is computed for more than " + LogisticInference.LARGEST + " columns";
    private static final String SEVERAL = "not computed with a weight vector per class";

    /** Coefficients drawn at most. */
    private static final int DRAWN = 60;

    /** Coefficients printed on the terminal at most. */
    private static final int PRINTED = 20;

    private LogisticReport() {}

    static void addTwo(
            Outcome.Builder outcome,
            LogisticData data,
            RidgeFit fit,
            LogisticInference inference,
            double[] scales,
            double level) {
        List<CoefficientErrors> rows = inColumnsAsGiven(inference.coefficients(), scales);
        boolean penalised = fit.lambda() > 0;
        boolean errors = inference.covariance().isPresent();
        outcome.result("classes", data.classes())
                .result(
                        "coefficients",
                        rows.stream().mapToDouble(CoefficientErrors::estimate).toArray())
                .result("intercepts", new double[] {fit.intercept()})
                .result("objective", fit.objective())
                .result("gradientNorm", fit.gradientNorm());
        if (errors) {
            outcome.result(
                            "standardErrors",
                            rows.stream()
                                    .mapToDouble(CoefficientErrors::standardError)
                                    .toArray())
                    .note("standardErrors", kind(inference, penalised));
        } else {
            outcome.missing("standardErrors", TOO_MANY);
        }
        if (errors && !penalised) {
            outcome.result("zValues", inference.zValues()).result("pValues", inference.pValues());
        } else {
            String why = penalised ? PENALISED : TOO_MANY;
            outcome.missing("zValues", why).missing("pValues", why);
        }
        outcome.result("logLikelihood", inference.logLikelihood()).result("lambda", fit.lambda());
        if (errors) {
            outcome.result("lower", ends(rows, level, true)).result("upper", ends(rows, level, false));
        } else {
            outcome.missing("lower", TOO_MANY).missing("upper", TOO_MANY);
        }
        if (inference.intercept().isPresent()) {
            outcome.result("interceptErrors", intercept(inference.intercept().get(), level));
        } else {
            outcome.missing("interceptErrors", "there is no intercept");
        }
        addLikelihood(outcome, inference, penalised);
        outcome.table(coefficients(data, rows, inference, level)).table(likelihood(inference, fit));
        if (errors && !rows.isEmpty()) {
            outcome.figure(figure(data, rows, level));
        }
    }

    private static void addLikelihood(Outcome.Builder outcome, LogisticInference inference, boolean penalised) {
        outcome.result("nullLogLikelihood", inference.nullLogLikelihood())
                .result("deviance", inference.deviance())
                .result("mcFaddenR2", inference.mcFaddenR2());
        String weighted = "class weights make this a weighted likelihood, not that of the data";
        put(outcome, "effectiveDegreesOfFreedom", inference.effectiveDegreesOfFreedom(), TOO_MANY);
        put(outcome, "aic", inference.aic(), weighted);
        put(outcome, "bic", inference.bic(), weighted);
        String why = penalised ? "a penalised fit does not maximise the likelihood" : weighted;
        put(outcome, "likelihoodRatio", inference.likelihoodRatio(), why);
        put(outcome, "likelihoodRatioP", inference.likelihoodRatioP(), why);
    }

    private static void put(Outcome.Builder outcome, String key, double value, String why) {
        if (Double.isNaN(value)) {
            outcome.missing(key, why);
        } else {
            outcome.result(key, value);
        }
    }

    private static String kind(LogisticInference inference, boolean penalised) {
        String name = inference.errors() == ErrorKind.ROBUST ? "robust (HC0)" : "from the observed information";
        return penalised ? name + ", of the penalised estimator; its bias is not in them" : name;
    }

    private static List<CoefficientErrors> inColumnsAsGiven(List<CoefficientErrors> rows, double[] scales) {
        List<CoefficientErrors> all = new ArrayList<>();
        for (int j = 0; j < scales.length; j++) {
            CoefficientErrors e = rows.get(j);
            all.add(new CoefficientErrors(e.estimate() / scales[j], e.standardError() / scales[j], e.z(), e.p()));
        }
        return all;
    }

    private static double[] ends(List<CoefficientErrors> rows, double level, boolean lower) {
        return rows.stream()
                .map(e -> e.interval(level))
                .mapToDouble(i -> lower ? i.lower() : i.upper())
                .toArray();
    }

    private static Map<String, @Nullable Object> intercept(CoefficientErrors e, double level) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        Interval interval = e.interval(level);
        map.put("standardError", finite(e.standardError()));
        map.put("z", finite(e.z()));
        map.put("p", finite(e.p()));
        map.put("lower", finite(interval.lower()));
        map.put("upper", finite(interval.upper()));
        return map;
    }

    private static @Nullable Double finite(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static ResultTable coefficients(
            LogisticData data, List<CoefficientErrors> rows, LogisticInference inference, double level) {
        String percent = String.format(Locale.ROOT, "%.4g %%", 100 * level);
        ResultTable.Builder table = ResultTable.named(
                        "coefficients",
                        "Coefficients: log-odds of " + data.classes().get(1))
                .text("name", "column")
                .number("estimate", "estimate", "")
                .number("se", "standard error", "")
                .number("z", "z", "")
                .number("p", "p", "")
                .number("lower", "lower " + percent, "")
                .number("upper", "upper " + percent, "");
        inference.intercept().ifPresent(e -> row(table, "(intercept)", e, level));
        for (int j = 0; j < rows.size(); j++) {
            row(table, data.features().get(j), rows.get(j), level);
        }
        return table.build();
    }

    private static void row(ResultTable.Builder table, String name, CoefficientErrors e, double level) {
        Interval i = e.interval(level);
        table.row(
                name,
                e.estimate(),
                finite(e.standardError()),
                finite(e.z()),
                finite(e.p()),
                finite(i.lower()),
                finite(i.upper()));
    }

    private static ResultTable likelihood(LogisticInference inference, RidgeFit fit) {
        return ResultTable.named("likelihood", "Likelihood and criteria")
                .text("name", "quantity")
                .number("value", "value", "")
                .row("log-likelihood", inference.logLikelihood())
                .row("log-likelihood without columns", inference.nullLogLikelihood())
                .row("likelihood ratio", finite(inference.likelihoodRatio()))
                .row("its p-value", finite(inference.likelihoodRatioP()))
                .row("effective degrees of freedom", finite(inference.effectiveDegreesOfFreedom()))
                .row("AIC", finite(inference.aic()))
                .row("BIC", finite(inference.bic()))
                .row("McFadden R2", inference.mcFaddenR2())
                .row("lambda (sum unit)", fit.lambda())
                .row("objective J", fit.objective())
                .row("gradient (largest entry)", fit.gradientNorm())
                .build();
    }

    /** Coefficients times the standard deviation of their columns, the largest first: comparable with each other. */
    private static Figure figure(LogisticData data, List<CoefficientErrors> rows, double level) {
        double[] sd = data.scales();
        int[] order = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(rows.get(j).estimate() * sd[j])))
                .limit(DRAWN)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] place = new double[order.length];
        double[] estimate = new double[order.length];
        double[] lower = new double[order.length];
        double[] upper = new double[order.length];
        List<String> names = new ArrayList<>();
        for (int k = 0; k < order.length; k++) {
            Interval i = rows.get(order[k]).interval(level);
            place[k] = k + 1;
            estimate[k] = rows.get(order[k]).estimate() * sd[order[k]];
            lower[k] = i.lower() * sd[order[k]];
            upper[k] = i.upper() * sd[order[k]];
            if (k < 12) {
                names.add((k + 1) + " " + data.features().get(order[k]));
            }
        }
        return Figure.named(
                        "coefficients",
                        "Change of the log-odds per standard deviation of a column",
                        Axis.linear("column, by size of its coefficient"),
                        Axis.linear("coefficient x standard deviation"))
                .caption(String.join(", ", names)
                        + (order.length > 12 ? ", ..." : "")
                        + String.format(Locale.ROOT, ". Bars: %.4g %% intervals.", 100 * level))
                .layer(Mark.HORIZONTAL_LINE, "no effect", new double[] {1}, new double[] {0})
                .layer(new Layer(Mark.ERROR_BAR, "coefficient", "", place, estimate, lower, upper))
                .layer(Mark.POINT, "coefficient", place, estimate)
                .build();
    }

    static void addCrossValidation(Outcome.Builder outcome, CrossValidation cv) {
        double[] lambdas = cv.fits().stream().mapToDouble(RidgeFit::lambda).toArray();
        double[] loss = cv.logLoss();
        double[] se = cv.standardErrors();
        double[] lower = new double[loss.length];
        double[] upper = new double[loss.length];
        ResultTable.Builder table = ResultTable.named("validation", "Held-out log-loss by penalty")
                .number("lambda", "lambda (sum unit)", "")
                .number("logLoss", "mean held-out log-loss", "")
                .number("se", "standard error", "");
        for (int k = 0; k < loss.length; k++) {
            lower[k] = loss[k] - se[k];
            upper[k] = loss[k] + se[k];
            table.row(lambdas[k], loss[k], se[k]);
        }
        double chosen = lambdas[cv.selected()];
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("lambdas", lambdas);
        map.put("logLoss", loss);
        map.put("standardErrors", se);
        map.put("lambda", chosen);
        map.put("oneStandardErrorLambda", lambdas[cv.oneStandardError()]);
        outcome.result("cv", map)
                .table(table.build())
                .figure(Figure.named(
                                "validation",
                                "Held-out log-loss along the penalties",
                                Axis.log10("lambda (sum unit)"),
                                Axis.linear("mean held-out log-loss"))
                        .caption("Bars: one standard error over the folds. Vertical line: the penalty chosen.")
                        .layer(new Layer(Mark.RIBBON, "one standard error", "", lambdas, loss, lower, upper))
                        .layer(Mark.LINE, "held-out log-loss", lambdas, loss)
                        .layer(Mark.VERTICAL_LINE, "chosen", new double[] {chosen}, new double[] {loss[cv.selected()]})
                        .build());
        if (cv.selected() == 0 || cv.selected() == loss.length - 1) {
            outcome.warning(String.format(
                    Locale.ROOT, "the penalty chosen, %.4g, is at the edge of the grid", lambdas[cv.selected()]));
        }
    }

    static void addSeveral(Outcome.Builder outcome, LogisticData data, SoftmaxFit fit, double[] scales) {
        List<double[]> coefficients = new ArrayList<>();
        double[] intercepts = new double[fit.classes()];
        ResultTable.Builder table = ResultTable.named("coefficients", "Coefficients of each class")
                .text("class", "class")
                .text("name", "column")
                .number("estimate", "estimate", "");
        for (int k = 0; k < fit.classes(); k++) {
            double[] w = fit.weights(k);
            intercepts[k] = fit.intercept(k);
            table.row(data.classes().get(k), "(intercept)", intercepts[k]);
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
                .missing("standardErrors", SEVERAL)
                .missing("zValues", SEVERAL)
                .missing("pValues", SEVERAL)
                .result("logLikelihood", fit.logLikelihood())
                .result("lambda", fit.lambda())
                .table(table.build());
    }

    /** Share of pairs of rows, one of each class, that the scores put in the right order; ties count half. */
    static void addArea(Outcome.Builder outcome, LogisticData data, double[] scores) {
        Integer[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .toArray(Integer[]::new);
        double pairs = 0;
        long zerosBelow = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long zeros = 0;
            long ones = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                ones += data.y()[order[to]];
                zeros += 1 - data.y()[order[to]];
                to++;
            }
            pairs += ones * (zerosBelow + 0.5 * zeros);
            zerosBelow += zeros;
            from = to;
        }
        outcome.result("trainAuc", pairs / ((double) data.count(0) * data.count(1)));
    }

    static String summary(LogisticData data, RidgeFit fit, LogisticInference inference, double[] scales, double level) {
        StringBuilder text = new StringBuilder(data.describe());
        text.append(String.format(
                Locale.ROOT,
                "%nlambda %.6g (sum unit), objective %.8g, log-likelihood %.8g, %d iterations, gradient %.2g",
                fit.lambda(),
                fit.objective(),
                fit.logLikelihood(),
                fit.iterations(),
                fit.gradientNorm()));
        if (!Double.isNaN(inference.likelihoodRatioP())) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nlikelihood ratio %.6g, p %.3g; AIC %.6g, BIC %.6g, McFadden R2 %.4f",
                    inference.likelihoodRatio(),
                    inference.likelihoodRatioP(),
                    inference.aic(),
                    inference.bic(),
                    inference.mcFaddenR2()));
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "%neffective degrees of freedom %.6g, McFadden R2 %.4f",
                    inference.effectiveDegreesOfFreedom(),
                    inference.mcFaddenR2()));
        }
        if (fit.lambda() > 0) {
            text.append(String.format(
                    Locale.ROOT, "%nstandard errors are those of the penalised estimator, its bias not in them"));
        }
        inference.intercept().ifPresent(e -> line(text, "(intercept)", e, level));
        List<CoefficientErrors> rows = inColumnsAsGiven(inference.coefficients(), scales);
        for (int j = 0; j < Math.min(PRINTED, rows.size()); j++) {
            line(text, data.features().get(j), rows.get(j), level);
        }
        if (rows.size() > PRINTED) {
            text.append(String.format(
                    Locale.ROOT, "%n... and %d more (--json or --out shows them all)", rows.size() - PRINTED));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, CoefficientErrors e, double level) {
        Interval i = e.interval(level);
        text.append(String.format(Locale.ROOT, "%n%-16s %12.6g", name, e.estimate()));
        if (!Double.isNaN(e.standardError())) {
            text.append(String.format(Locale.ROOT, "  se %10.4g", e.standardError()));
        }
        if (!Double.isNaN(e.z())) {
            text.append(
                    String.format(Locale.ROOT, "  z %8.3f  p %9.3g  [%.6g, %.6g]", e.z(), e.p(), i.lower(), i.upper()));
        }
    }
}
