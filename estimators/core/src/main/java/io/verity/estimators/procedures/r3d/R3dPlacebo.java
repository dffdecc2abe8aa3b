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
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code verity r3d placebo}: the same fit at cutoffs where nothing should happen. */
public final class R3dPlacebo implements Procedure {
    /** Where the default placebo cutoffs lie among the units of a side: far enough from both ends to fit on both sides. */
    private static final double[] SHARES = {0.3, 0.5, 0.7};

    @Override
    public List<String> command() {
        return List.of("r3d", "placebo");
    }

    @Override
    public String summary() {
        return "Distribution-valued discontinuities at cutoffs where there should be none";
    }

    @Override
    public String description() {
        return "Fits at placebo cutoffs, each with the units of its own side of the true cutoff alone, so that the true jump cannot leak"
                + " in. Effects as large as the true one mean that the design, not the treatment, makes them. By default three cutoffs"
                + " on each side, at 30, 50 and 70 % of its units. Takes the options of 'fit r3d'; a treatment plays no part.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoLevelData.options());
        options.addAll(R3dOptions.options());
        options.add(Option.of("cutoffs", Option.Kind.TEXT, "placebo cutoffs: lo:hi:step or a list a,b,c"));
        return options;
    }

    @Override
    public String example() {
        return "verity r3d placebo --data examples/data/firms.csv.gz --unit firm --x score --z wage --cutoff 0"
                + " --quantiles 0.05:0.95:0.05 --seed 1";
    }

    @Override
    public Outcome run(Inputs inputs) {
        R3d r3d = R3dOptions.estimator(inputs);
        double[] wanted = inputs.optionalText("cutoffs")
                .map(text -> Ranges.grid("cutoffs", text))
                .orElse(new double[0]);
        TwoLevelData data = TwoLevelData.read(inputs, r3d.quantileType(), r3d.grid());
        R3dFit real = r3d.fit(data.matrix());
        Outcome.Builder outcome = Outcome.of("r3d-placebo").data(data.facts()).options(inputs.effective());
        double[] tried = wanted.length > 0 ? wanted : cutoffs(data.matrix().runningVariable(), r3d.cutoff());
        List<Double> cutoffs = new ArrayList<>();
        List<R3dFit> fits = new ArrayList<>();
        for (int k = 0; k < tried.length; k++) {
            inputs.progress().update("fits", k, tried.length);
            try {
                fits.addAll(r3d.placeboCutoffs(data.matrix(), tried[k]));
                cutoffs.add(tried[k]);
            } catch (InsufficientDataException | IllegalArgumentException e) {
                if (wanted.length > 0) {
                    throw e;
                }
                outcome.warning("placebo cutoff " + tried[k] + " was left out: " + e.getMessage());
            }
        }
        if (fits.isEmpty()) {
            throw new EstimationException(
                    "no placebo cutoff has enough units on both sides", "name other --cutoffs or a larger --bandwidth");
        }
        double[] used = cutoffs.stream().mapToDouble(Double::doubleValue).toArray();
        data.warnings().forEach(outcome::warning);
        R3dOptions.warnings(inputs).forEach(outcome::warning);
        Comparison.warnings("placebo cutoff", used, fits).forEach(outcome::warning);
        Comparison.warnings("true cutoff", new double[] {r3d.cutoff()}, List.of(real))
                .forEach(outcome::warning);
        Comparison.add(outcome.result("cutoffs", used), fits);
        return outcome.table(
                        R3dTables.fits("placebo", "The fit at placebo cutoffs", "cutoff", "placebo cutoff", used, fits))
                .figure(R3dFigures.of(inputs, r3d.cutoff()).placebo(used, fits, real))
                .summary(data.description() + "\n" + R3dTables.lines("placebo cutoff", used, fits) + "\n"
                        + R3dTables.lines("true cutoff", new double[] {r3d.cutoff()}, List.of(real)))
                .build(real.provenance());
    }

    private static double[] cutoffs(double[] x, double cutoff) {
        double[] cutoffs = new double[2 * SHARES.length];
        for (int k = 0; k < cutoffs.length; k++) {
            boolean right = k >= SHARES.length;
            double[] side =
                    Arrays.stream(x).filter(v -> v >= cutoff == right).sorted().toArray();
            cutoffs[k] =
                    side.length == 0 ? cutoff : Quantiles.ofSorted(side, SHARES[k % SHARES.length], QuantileType.TYPE1);
        }
        return cutoffs;
    }
}
