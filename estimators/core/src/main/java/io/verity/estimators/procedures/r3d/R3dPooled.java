package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.r3d.QuantileRd;
import io.verity.estimators.r3d.UnitSamples;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.Rounded;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code verity r3d pooled}: jumps of the quantiles of all observations together, for comparison. */
public final class R3dPooled implements Procedure {
    @Override
    public List<String> command() {
        return List.of("r3d", "pooled");
    }

    @Override
    public String summary() {
        return "Jumps of the quantiles of the pooled observations, to compare with fit r3d";
    }

    @Override
    public String description() {
        return "Estimates how the quantiles of the mixture of all units' distributions jump at the cutoff: another quantity than the"
                + " average quantile effect of 'fit r3d', with which it agrees where treatment only shifts the units' distributions."
                + " No standard errors: those of the literature take observations within a unit as independent.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoLevelData.fileOptions());
        options.add(Option.required("cutoff", Option.Kind.NUMBER, "cutoff, in units of the running variable"));
        options.add(Option.of("quantiles", Option.Kind.TEXT, "quantile grid: lo:hi:step or a list a,b,c")
                .withDefault("0.1:0.9:0.1"));
        options.add(Option.choice(
                "kernel",
                Arrays.stream(SmoothingKernel.values())
                        .map(k -> k.name().toLowerCase(Locale.ROOT))
                        .toList(),
                "triangular",
                "weights of units by their distance from the cutoff"));
        options.add(Option.of(
                "bandwidth",
                Option.Kind.NUMBER,
                "bandwidth; without it that of the scalar discontinuity of the unit means"));
        return options;
    }

    @Override
    public String example() {
        return "verity r3d pooled --data examples/data/firms.csv.gz --unit firm --x score --z wage --cutoff 0";
    }

    @Override
    public Outcome run(Inputs inputs) {
        QuantileRd estimator = QuantileRd.withDefaults()
                .withCutoff(inputs.number("cutoff"))
                .withGrid(Ranges.grid("quantiles", inputs.text("quantiles")))
                .with(SmoothingKernel.valueOf(inputs.text("kernel").toUpperCase(Locale.ROOT)));
        if (inputs.isGiven("bandwidth")) {
            estimator = estimator.withBandwidth(inputs.number("bandwidth"));
        }
        Outcome.Builder outcome = Outcome.of("r3d-pooled").options(inputs.effective());
        UnitSamples units = TwoLevelData.samples(inputs, outcome);
        QuantileRd.Fit fit = estimator.fit(units);
        StringBuilder lines = new StringBuilder(
                "pooled quantiles of " + units.units() + " units, bandwidth " + Rounded.to(fit.bandwidth(), 6));
        for (int j = 0; j < fit.grid().length; j++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%njump at q = %s: %s (from %s to %s)",
                    Rounded.to(fit.grid()[j], 4),
                    Rounded.to(fit.tau()[j], 5),
                    Rounded.to(fit.minus()[j], 5),
                    Rounded.to(fit.plus()[j], 5)));
        }
        return outcome.result("q", fit.grid())
                .result("tau", fit.tau())
                .result("meanPlus", fit.plus())
                .result("meanMinus", fit.minus())
                .result("bandwidth", fit.bandwidth())
                .table(fit.toTable())
                .figure(R3dFigures.of(inputs, inputs.number("cutoff")).pooled(fit))
                .summary(lines.toString())
                .build(Provenance.here(inputs.backend().info().id(), null));
    }
}
