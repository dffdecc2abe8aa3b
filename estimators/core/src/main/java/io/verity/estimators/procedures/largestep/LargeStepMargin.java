package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.Separability;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.result.Provenance;
import java.util.List;

/** {@code large-step margin}: are two classes linearly separable, with what margin, and why not. */
public final class LargeStepMargin implements Procedure {
    /** For the service loader. */
    public LargeStepMargin() {}

    @Override
    public List<String> command() {
        return List.of("large-step", "margin");
    }

    @Override
    public String summary() {
        return "Decide linear separability of two classes, with the maximal margin or a proof that there is none";
    }

    @Override
    public String description() {
        return "Finds the direction with the largest margin and an interval that certainly contains that margin. When no"
                + " direction separates the classes, names the rows that prove it: weights under which their signed rows"
                + " cancel. Without --intercept the separating hyperplane passes through the origin; with it, the intercept"
                + " counts as a coefficient of the margin.";
    }

    @Override
    public List<Option> options() {
        return TwoClassData.options();
    }

    @Override
    public String example() {
        return "verity large-step margin --data examples/data/iris_setosa_versicolor.csv --label label --intercept";
    }

    @Override
    public Outcome run(Inputs inputs) {
        TwoClassData data = TwoClassData.read(inputs);
        inputs.progress().update("solving for the maximal margin", 0, -1);
        MarginResult margin = MaxMargin.withDefaults().with(inputs.backend()).solve(data.data());
        Outcome.Builder outcome =
                Outcome.of("large-step margin").data(data.facts()).options(inputs.effective());
        MarginReport.add(outcome, data, margin);
        if (margin.separability() == Separability.NO) {
            outcome.missing("direction", "the data are not separable")
                    .missing("support", "the data are not separable")
                    .missing("perceptronBound", "the data are not separable");
        } else {
            double[] weights = new double[margin.support().length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = margin.dual()[margin.support()[k]];
            }
            outcome.result("direction", margin.direction().clone())
                    .result("support", MarginReport.rowsAndWeights(data, margin.support(), weights))
                    .result("perceptronBound", margin.difficulty());
            outcome.table(MarginReport.coefficients(
                    "direction", "Max-margin direction (unit length)", "direction", data, margin.direction()));
        }
        data.warnings().forEach(outcome::warning);
        boolean decided = margin.separability() != Separability.UNDECIDED;
        if (!decided) {
            outcome.warning("the interval of the margin contains zero; whether the data are separable stays open");
        }
        return outcome.converged(decided, (long) margin.iterations())
                .table(MarginReport.table(data, margin))
                .summary(data.describe() + "\n" + MarginReport.describe(data, margin))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }
}
