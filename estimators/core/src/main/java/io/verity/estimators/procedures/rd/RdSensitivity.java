package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.rd.RdBandwidths;
import io.verity.estimators.rd.RdChecks;
import io.verity.estimators.rd.RdSeries;
import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code rd sensitivity}: the effect at other bandwidths, and without the rows nearest to the cutoff. */
public final class RdSensitivity implements Procedure {
    private static final double[] SHARES = {0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2};
    private static final double[] RADII = {0, 0.01, 0.02, 0.05, 0.1};

    /** For the service loader. */
    public RdSensitivity() {}

    @Override
    public List<String> command() {
        return List.of("rd", "sensitivity");
    }

    @Override
    public String summary() {
        return "The effect at other bandwidths, and without the rows nearest to the cutoff (donut)";
    }

    @Override
    public String description() {
        return "Fits the same design over a grid of bandwidths (by default 0.4 to 2 times the chosen one, the pilot bandwidth in the"
                + " same ratio) and without the rows closest to the cutoff (by default up to a tenth of the bandwidth). A finding"
                + " that one bandwidth or a handful of rows carries is no finding.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RdData.options());
        options.addAll(RdDesign.options());
        options.add(Option.of("bandwidths", Option.Kind.TEXT, "bandwidths a,b,c; default: around the chosen one"));
        options.add(
                Option.of("radii", Option.Kind.TEXT, "radii a,b,c left out around the cutoff; default: up to h/10"));
        return options;
    }

    @Override
    public String example() {
        return "verity rd sensitivity --data examples/data/senate.csv --y vote --x margin --drop-missing --bandwidths 8,12,16,24";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ScalarRd rd = RdDesign.of(inputs);
        RdData data = RdData.read(inputs, Optional.empty());
        RdBandwidths chosen = rd.fit(data.sample()).bandwidths();
        double h = 0.5 * (chosen.left() + chosen.right());
        inputs.progress().update("fitting", 0, -1);
        RdSeries bandwidths = RdChecks.bandwidths(rd, data.sample(), values(inputs, "bandwidths", SHARES, h));
        RdSeries donut = RdChecks.donut(rd, data.sample(), values(inputs, "radii", RADII, h));
        Outcome.Builder outcome = SeriesReport.of("rd sensitivity", inputs, data);
        SeriesReport.add(outcome, "bandwidths", bandwidths, "effect on " + data.y());
        SeriesReport.add(outcome, "donut", donut, "effect on " + data.y());
        return outcome.result("chosen", h)
                .summary(SeriesReport.describe(data, bandwidths, donut))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static double[] values(Inputs inputs, String option, double[] shares, double h) {
        return inputs.isGiven(option)
                ? Ranges.grid(option, inputs.text(option))
                : Arrays.stream(shares).map(s -> s * h).toArray();
    }
}
