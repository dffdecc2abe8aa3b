package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.rd.RdChecks;
import io.verity.estimators.rd.RdSeries;
import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code rd placebo}: jumps of the outcome where treatment does not change. */
public final class RdPlacebo implements Procedure {
    private static final double[] SHARES = {0.25, 0.5, 0.75};

    /** For the service loader. */
    public RdPlacebo() {}

    @Override
    public List<String> command() {
        return List.of("rd", "placebo");
    }

    @Override
    public String summary() {
        return "Jumps of the outcome at placebo cutoffs, where there should be none";
    }

    @Override
    public String description() {
        return "Fits the same design at other cutoffs, each with rows from one side of the true cutoff alone, so that the true jump"
                + " cannot leak in. Without --cutoffs the quartiles of the running variable on each side are taken. Out of twenty"
                + " placebo cutoffs one is expected to show a p-value below 0.05.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RdData.options());
        options.addAll(RdDesign.options());
        options.add(Option.of("cutoffs", Option.Kind.TEXT, "placebo cutoffs a,b,c; default: quartiles of each side"));
        return options;
    }

    @Override
    public String example() {
        return "verity rd placebo --data examples/data/senate.csv --y vote --x margin --drop-missing --cutoffs=-20,-10,10,20";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ScalarRd rd = RdDesign.of(inputs);
        RdData data = RdData.read(inputs, Optional.empty());
        double[] cutoffs = inputs.isGiven("cutoffs")
                ? Ranges.grid("cutoffs", inputs.text("cutoffs"))
                : quartiles(data.sample().runningVariable(), rd.cutoff());
        for (double c : cutoffs) {
            Arguments.require(c != rd.cutoff(), "%s is the true cutoff, not a placebo", c);
        }
        inputs.progress().update("fitting " + cutoffs.length + " cutoffs", 0, -1);
        RdSeries series = RdChecks.placeboCutoffs(rd, data.sample(), cutoffs);
        Outcome.Builder outcome = SeriesReport.of("rd placebo", inputs, data);
        SeriesReport.add(outcome, "cutoffs", series, "jump of " + data.y());
        if (inputs.isGiven("treat")) {
            outcome.warning(
                    "the design is fuzzy: placebo cutoffs show jumps of the outcome, there is no first stage there");
        }
        return outcome.summary(SeriesReport.describe(data, series))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static double[] quartiles(double[] x, double cutoff) {
        double[] left = Arrays.stream(x).filter(v -> v < cutoff).sorted().toArray();
        double[] right = Arrays.stream(x).filter(v -> v >= cutoff).sorted().toArray();
        Arguments.require(
                left.length > 0 && right.length > 0, "there are no rows on one side of the cutoff %s", cutoff);
        double[] cutoffs = new double[2 * SHARES.length];
        for (int k = 0; k < SHARES.length; k++) {
            cutoffs[k] = left[(int) (SHARES[k] * left.length)];
            cutoffs[SHARES.length + k] = right[(int) (SHARES[k] * right.length)];
        }
        return cutoffs;
    }
}
