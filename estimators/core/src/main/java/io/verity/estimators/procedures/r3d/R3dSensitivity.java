package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.stats.EstimationException;
import io.verity.stats.InsufficientDataException;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code verity r3d sensitivity}: the same fit at many bandwidths. */
public final class R3dSensitivity implements Procedure {
    /** Shares of the selected bandwidth that are tried unless others are asked for. */
    private static final double[] SHARES = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2};

    @Override
    public List<String> command() {
        return List.of("r3d", "sensitivity");
    }

    @Override
    public String summary() {
        return "How a distribution-valued discontinuity depends on the bandwidth";
    }

    @Override
    public String description() {
        return "Fits at each of several bandwidths, by default from half to twice the one that --bandwidth selects, and shows the average"
                + " effect, the smallest and the largest effect, the width of the uniform band and the tests side by side. Takes the"
                + " options of 'fit r3d'.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoLevelData.options());
        options.addAll(R3dOptions.options());
        options.add(Option.of("bandwidths", Option.Kind.TEXT, "bandwidths to try: lo:hi:step or a list a,b,c"));
        return options;
    }

    @Override
    public String example() {
        return "verity r3d sensitivity --data examples/data/firms.csv.gz --unit firm --x score --z wage --cutoff 0"
                + " --quantiles 0.05:0.95:0.05 --seed 1";
    }

    @Override
    public Outcome run(Inputs inputs) {
        R3d r3d = R3dOptions.estimator(inputs);
        double[] wanted = inputs.optionalText("bandwidths")
                .map(text -> Ranges.grid("bandwidths", text))
                .orElse(new double[0]);
        TwoLevelData data = TwoLevelData.read(inputs, r3d.quantileType(), r3d.grid());
        R3dFit selected = r3d.fit(data.matrix());
        double h = Arrays.stream(selected.bandwidths()).average().orElse(Double.NaN);
        Outcome.Builder outcome =
                Outcome.of("r3d-sensitivity").data(data.facts()).options(inputs.effective());
        List<Double> bandwidths = new ArrayList<>();
        List<R3dFit> fits = new ArrayList<>();
        double[] tried = wanted.length > 0
                ? wanted
                : Arrays.stream(SHARES).map(share -> share * h).toArray();
        for (int k = 0; k < tried.length; k++) {
            inputs.progress().update("fits", k, tried.length);
            try {
                fits.addAll(r3d.sensitivity(data.matrix(), tried[k]));
                bandwidths.add(tried[k]);
            } catch (InsufficientDataException e) {
                outcome.warning("bandwidth " + Rounded.to(tried[k], 4) + " was left out: " + e.getMessage());
            }
        }
        if (fits.isEmpty()) {
            throw new EstimationException("no bandwidth has enough units in its window", "name larger --bandwidths");
        }
        double[] used = bandwidths.stream().mapToDouble(Double::doubleValue).toArray();
        data.warnings().forEach(outcome::warning);
        R3dOptions.warnings(inputs).forEach(outcome::warning);
        Comparison.warnings("bandwidth", used, fits).forEach(outcome::warning);
        Set<String> said = fits.stream().flatMap(f -> f.warnings().stream()).collect(Collectors.toSet());
        selected.warnings().stream()
                .filter(w -> !said.contains(w))
                .forEach(w -> outcome.warning("selected bandwidth " + Rounded.to(h, 4) + ": " + w));
        Comparison.add(outcome.result("selectedBandwidth", h).result("bandwidths", used), fits);
        return outcome.table(R3dTables.fits(
                        "sensitivity", "The fit at several bandwidths", "bandwidth", "bandwidth", used, fits))
                .figure(R3dFigures.of(inputs, r3d.cutoff()).sensitivity(used, fits, h))
                .summary(data.description() + "\n" + R3dTables.lines("bandwidth", used, fits))
                .build(selected.provenance());
    }
}
