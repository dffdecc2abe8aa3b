package io.verity.estimators.procedures.logistic;

import io.verity.estimators.logistic.CoefficientErrors;
import io.verity.estimators.logistic.ErrorKind;
import io.verity.estimators.logistic.LikelihoodInference;
import io.verity.estimators.logistic.LogisticInference;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.inference.Interval;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Results, tables and figures of {@link FitLogistic}. */
final class LogisticReport {
    private static final String PENALISED =
            "the penalty biases the coefficients towards zero, so z is not standard normal; see standardErrors for their spread";
    private static final String TOO_MANY = "no covariance is computed for more than " + LikelihoodInference.LARGEST
            + " weights (columns, times one class less than there are)";
    static final String INTERCEPT = "(intercept)";
    static final String NO_INTERCEPT = "there is no intercept";

    /** Coefficients printed on the terminal at most, of two classes or of one against another. */
    static final int PRINTED = 20;

    private LogisticReport() {}

    static void addTwo(
            Outcome.Builder outcome,
            LogisticData data,
            RidgeFit fit,
            LogisticInference inference,
            double[] scales,
            double level) {
        List<CoefficientErrors> rows = inColumnsAsGiven(inference.coefficients(), scales);
        outcome.result("classes", data.classes())
                .result("coefficients", values(List.of(rows), false, CoefficientErrors::estimate))
                .result("intercepts", new double[] {fit.intercept()})
                .result("objective", fit.objective())
                .result("gradientNorm", fit.gradientNorm());
        addErrors(outcome, inference, fit.lambda(), List.of(rows), false, level);
        if (inference.intercept().isPresent()) {
            outcome.result("interceptErrors", intercept(inference.intercept().get(), level));
        } else {
            outcome.missing("interceptErrors", NO_INTERCEPT);
        }
        addLikelihood(outcome, inference, fit.lambda() > 0);
        outcome.table(coefficients(data, rows, inference, level))
                .table(likelihood(inference, fit.lambda(), fit.objective(), fit.gradientNorm()));
        if (inference.covariance().isPresent() && !rows.isEmpty()) {
            outcome.figure(CoefficientFigure.of(data, Map.of("", rows), level));
        }
    }

    /** Values of coefficients: an array of them, or one for each class that is compared. */
    static Object values(
            List<List<CoefficientErrors>> rows, boolean several, ToDoubleFunction<CoefficientErrors> value) {
        List<double[]> all = rows.stream()
                .map(list -> list.stream().mapToDouble(value).toArray())
                .toList();
        return several ? all : all.get(0);
    }

    /** Standard errors, z, p and intervals, and the log-likelihood and penalty that they belong to. */
    static void addErrors(
            Outcome.Builder outcome,
            LikelihoodInference inference,
            double lambda,
            List<List<CoefficientErrors>> rows,
            boolean several,
            double level) {
        boolean penalised = lambda > 0;
        boolean errors = inference.covariance().isPresent();
        if (errors) {
            outcome.result("standardErrors", values(rows, several, CoefficientErrors::standardError))
                    .note("standardErrors", kind(inference, penalised));
        } else {
            outcome.missing("standardErrors", TOO_MANY);
        }
        if (errors && !penalised) {
            outcome.result("zValues", values(rows, several, CoefficientErrors::z))
                    .result("pValues", values(rows, several, CoefficientErrors::p));
        } else {
            String why = penalised ? PENALISED : TOO_MANY;
            outcome.missing("zValues", why).missing("pValues", why);
        }
        outcome.result("logLikelihood", inference.logLikelihood()).result("lambda", lambda);
        if (errors) {
            outcome.result("lower", values(rows, several, e -> e.interval(level).lower()))
                    .result(
                            "upper",
                            values(rows, several, e -> e.interval(level).upper()));
        } else {
            outcome.missing("lower", TOO_MANY).missing("upper", TOO_MANY);
        }
    }

    static void addLikelihood(Outcome.Builder outcome, LikelihoodInference inference, boolean penalised) {
        outcome.result("nullLogLikelihood", inference.nullLogLikelihood())
                .result("deviance", inference.deviance())
                .result("mcFaddenR2", inference.mcFaddenR2());
        String weighted = "class weights make this a weighted likelihood, not that of the data";
        outcome.resultOrMissing("effectiveDegreesOfFreedom", inference.effectiveDegreesOfFreedom(), TOO_MANY);
        String noCriterion = inference.covariance().isEmpty() ? TOO_MANY : weighted;
        outcome.resultOrMissing("aic", inference.aic(), noCriterion);
        outcome.resultOrMissing("bic", inference.bic(), noCriterion);
        String why = penalised ? "a penalised fit does not maximise the likelihood" : weighted;
        outcome.resultOrMissing("likelihoodRatio", inference.likelihoodRatio(), why);
        outcome.resultOrMissing("likelihoodRatioP", inference.likelihoodRatioP(), why);
        outcome.result("likelihoodRatioDf", inference.likelihoodRatioDegreesOfFreedom());
    }

    private static String kind(LikelihoodInference inference, boolean penalised) {
        String name = inference.errors() == ErrorKind.ROBUST ? "robust (HC0)" : "from the observed information";
        return penalised ? name + ", of the penalised estimator; its bias is not in them" : name;
    }

    static List<CoefficientErrors> inColumnsAsGiven(List<CoefficientErrors> rows, double[] scales) {
        List<CoefficientErrors> all = new ArrayList<>();
        for (int j = 0; j < scales.length; j++) {
            CoefficientErrors e = rows.get(j);
            all.add(new CoefficientErrors(e.estimate() / scales[j], e.standardError() / scales[j], e.z(), e.p()));
        }
        return all;
    }

    static Map<String, @Nullable Object> intercept(CoefficientErrors e, double level) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        double[] ends = ends(e, level);
        map.put("standardError", Outcome.orNull(e.standardError()));
        map.put("z", Outcome.orNull(e.z()));
        map.put("p", Outcome.orNull(e.p()));
        map.put("lower", Outcome.orNull(ends[0]));
        map.put("upper", Outcome.orNull(ends[1]));
        return map;
    }

    /** Ends of the interval; NaN where there is no standard error. */
    private static double[] ends(CoefficientErrors e, double level) {
        if (Double.isNaN(e.standardError())) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Interval interval = e.interval(level);
        return new double[] {interval.lower(), interval.upper()};
    }

    private static ResultTable coefficients(
            LogisticData data, List<CoefficientErrors> rows, LogisticInference inference, double level) {
        ResultTable.Builder table = errorColumns(
                ResultTable.named(
                                "coefficients",
                                "Coefficients: log-odds of " + data.classes().get(1))
                        .text("name", "column"),
                level);
        inference.intercept().ifPresent(e -> row(table, e, level, INTERCEPT));
        for (int j = 0; j < rows.size(); j++) {
            row(table, rows.get(j), level, data.features().get(j));
        }
        return table.build();
    }

    /** Columns for the rows of {@link #row}. */
    static ResultTable.Builder errorColumns(ResultTable.Builder table, double level) {
        String percent = String.format(Locale.ROOT, "%.4g %%", 100 * level);
        return table.number("estimate", "estimate", "")
                .number("se", "standard error", "")
                .number("z", "z", "")
                .number("p", "p", "")
                .number("lower", "lower " + percent, "")
                .number("upper", "upper " + percent, "");
    }

    /** Adds names, estimate, standard error, z, p and interval. */
    static void row(ResultTable.Builder table, CoefficientErrors e, double level, String... names) {
        double[] ends = ends(e, level);
        List<@Nullable Object> cells = new ArrayList<>(List.of(names));
        cells.add(e.estimate());
        for (double value : new double[] {e.standardError(), e.z(), e.p(), ends[0], ends[1]}) {
            cells.add(Outcome.orNull(value));
        }
        table.row(cells.toArray());
    }

    static ResultTable likelihood(LikelihoodInference inference, double lambda, double objective, double gradientNorm) {
        return ResultTable.named("likelihood", "Likelihood and criteria")
                .text("name", "quantity")
                .number("value", "value", "")
                .row("log-likelihood", inference.logLikelihood())
                .row("log-likelihood without columns", inference.nullLogLikelihood())
                .row("likelihood ratio", Outcome.orNull(inference.likelihoodRatio()))
                .row("its p-value", Outcome.orNull(inference.likelihoodRatioP()))
                .row("effective degrees of freedom", Outcome.orNull(inference.effectiveDegreesOfFreedom()))
                .row("AIC", Outcome.orNull(inference.aic()))
                .row("BIC", Outcome.orNull(inference.bic()))
                .row("McFadden R2", inference.mcFaddenR2())
                .row("lambda (sum unit)", lambda)
                .row("objective J", objective)
                .row("gradient (largest entry)", gradientNorm)
                .build();
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
        criteria(text, inference, fit.lambda() > 0);
        inference.intercept().ifPresent(e -> line(text, INTERCEPT, e, level));
        List<CoefficientErrors> rows = inColumnsAsGiven(inference.coefficients(), scales);
        for (int j = 0; j < Math.min(PRINTED, rows.size()); j++) {
            line(text, data.features().get(j), rows.get(j), level);
        }
        more(text, rows.size() - PRINTED);
        return text.toString();
    }

    static void criteria(StringBuilder text, LikelihoodInference inference, boolean penalised) {
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
            text.append(String.format(Locale.ROOT, "%nMcFadden R2 %.4f", inference.mcFaddenR2()));
            if (inference.covariance().isPresent()) {
                text.append(String.format(
                        Locale.ROOT, "; effective degrees of freedom %.6g", inference.effectiveDegreesOfFreedom()));
            }
        }
        if (inference.covariance().isEmpty()) {
            text.append(String.format(Locale.ROOT, "%nno standard errors: %s", TOO_MANY));
        } else if (penalised) {
            text.append(String.format(
                    Locale.ROOT, "%nstandard errors are those of the penalised estimator, its bias not in them"));
        }
    }

    /** Says how many coefficients are not printed, if there are such. */
    static void more(StringBuilder text, int count) {
        if (count > 0) {
            text.append(String.format(Locale.ROOT, "%n... and %d more (--json or --out shows them all)", count));
        }
    }

    static void line(StringBuilder text, String name, CoefficientErrors e, double level) {
        text.append(String.format(Locale.ROOT, "%n%-16s %12.6g", name, e.estimate()));
        if (!Double.isNaN(e.standardError())) {
            text.append(String.format(Locale.ROOT, "  se %10.4g", e.standardError()));
        }
        if (!Double.isNaN(e.z())) {
            double[] ends = ends(e, level);
            text.append(String.format(Locale.ROOT, "  z %8.3f  p %9.3g  [%.6g, %.6g]", e.z(), e.p(), ends[0], ends[1]));
        }
    }
}
