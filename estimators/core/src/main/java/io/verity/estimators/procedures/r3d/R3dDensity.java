package io.verity.estimators.procedures.r3d;

import io.verity.estimators.data.Observations;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.rd.RdDensity;
import io.verity.estimators.rd.DensityTestResult;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.List;

/** {@code verity r3d density}: does the density of the units' running variable jump at the cutoff? */
public final class R3dDensity implements Procedure {
    @Override
    public List<String> command() {
        return List.of("r3d", "density");
    }

    @Override
    public String summary() {
        return "Manipulation test: does the density of the units jump at the cutoff";
    }

    @Override
    public String description() {
        return "The test of 'rd density' (Cattaneo, Jansson and Ma 2020) on one running value per unit. 'rd density' itself would take"
                + " every observation for a unit: repeated values make it reject, or make it sure, for no reason.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoLevelData.fileOptions());
        options.add(Option.required("cutoff", Option.Kind.NUMBER, "cutoff, in units of the running variable"));
        options.addAll(RdDensity.testOptions());
        return options;
    }

    @Override
    public String example() {
        return "verity r3d density --data examples/data/firms.csv.gz --unit firm --x score --z wage --cutoff 0";
    }

    @Override
    public Outcome run(Inputs inputs) {
        try (Observations observations = TwoLevelData.reader(inputs).read(inputs.file("data"))) {
            double[] x = observations.runningVariable();
            DensityTestResult result = RdDensity.test(inputs).test(x);
            Outcome.Builder outcome =
                    Outcome.of("r3d-density").data(observations.facts()).options(inputs.effective());
            TwoLevelData.warnings(observations).forEach(outcome::warning);
            RdDensity.report(outcome, inputs.text("x"), x, result);
            return outcome.summary(TwoLevelData.description(observations) + "\n"
                            + result.toString().replace("rows within", "units within"))
                    .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
        }
    }
}
