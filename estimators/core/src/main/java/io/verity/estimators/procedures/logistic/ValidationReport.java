package io.verity.estimators.procedures.logistic;

import io.verity.estimators.logistic.PenaltyChoice;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cross-validation of {@link FitLogistic}. */
final class ValidationReport {
    private ValidationReport() {}

    static void add(Outcome.Builder outcome, PenaltyChoice cv) {
        double[] lambdas = cv.lambdas();
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
}
