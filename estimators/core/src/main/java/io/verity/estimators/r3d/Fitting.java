package io.verity.estimators.r3d;

import io.verity.stats.EstimationException;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fit from checked data: bandwidths, estimate, inference, result. */
final class Fitting {
    private static final String BAND = "r3d/band";
    private static final String GINI = "r3d/gini";

    private final Settings settings;
    private final Units units;
    private final double[] grid;

    Fitting(Settings settings, Units units) {
        this.settings = settings;
        this.units = units;
        grid = units.matrix.probabilities();
    }

    R3dFit run() {
        ChosenBandwidths h = ChosenBandwidths.of(units, settings);
        Estimate estimate = Estimate.of(units, settings, h.outcome(), h.treatment(), h.bias());
        int m = grid.length;
        int @Nullable [] clusters = Estimate.activeClusters(units, estimate.active());
        int groups = clusters == null ? 0 : Arrays.stream(clusters).max().orElse(-1) + 1;
        if (clusters != null && groups < 2) {
            throw new EstimationException(
                    "all units inside the window are in one cluster, so that nothing is independent",
                    "use a larger bandwidth or finer clusters");
        }
        Warnings warnings = new Warnings();
        warnings.design(settings);
        warnings.data(units, estimate, h, settings);
        warnings.curves(estimate, grid);
        warnings.bandwidths(h, estimate);
        if (clusters != null) {
            warnings.clusters(groups);
        }
        boolean fuzzy = estimate.firstStageInfluence().length > 0;
        double firstStageError = Double.NaN;
        if (fuzzy) {
            firstStageError = estimate.saturated()
                    ? Double.NaN
                    : Influence.of(estimate.firstStageInfluence(), 1, clusters).standardErrors()[0];
            warnings.firstStage(estimate, firstStageError);
        }
        double[] se = nan(m);
        double[] lower = nan(m);
        double[] upper = nan(m);
        double critical = Double.NaN;
        double averageError = Double.NaN;
        List<TestResult> tests = new ArrayList<>();
        boolean measurable = !estimate.weakFirstStage() && !estimate.saturated();
        if (measurable) {
            Influence influence = Influence.of(estimate.influence(), m, clusters);
            se = influence.standardErrors();
            averageError = influence.standardErrorOfMean();
            UniformInference inference = new UniformInference(settings, grid, estimate, se);
            UniformInference.Result result = inference.run(draws(influence, estimate.active(), BAND));
            critical = result.criticalValue();
            tests.addAll(result.tests());
            for (int j = 0; j < m; j++) {
                double half = settings.bands == BandType.CONSTANT ? critical : critical * se[j];
                lower[j] = estimate.tau()[j] - half;
                upper[j] = estimate.tau()[j] + half;
            }
        }
        warnings.inference(estimate, grid, settings);
        double giniPlus = Double.NaN;
        double giniMinus = Double.NaN;
        if (settings.tests.contains(TestKind.GINI) && !estimate.saturated()) {
            giniPlus = new Gini(grid).of(estimate.right());
            giniMinus = new Gini(grid).of(estimate.left());
            warnings.gini(grid, giniPlus, giniMinus, fuzzy);
            Influence sides = Influence.of(bySide(estimate), 2 * m, clusters);
            tests.add(new UniformInference(settings, grid, estimate, se).gini(draws(sides, estimate.active(), GINI)));
        }
        return new R3dFit(
                settings.method,
                grid.clone(),
                estimate.tau(),
                se,
                lower,
                upper,
                critical,
                estimate.right(),
                estimate.left(),
                estimate.rawRight(),
                estimate.rawLeft(),
                h.common() ? new double[] {h.outcome()[0]} : h.outcome().clone(),
                h.treatment(),
                h.bias(),
                estimate.firstStage(),
                firstStageError,
                Arrays.stream(estimate.tau()).average().orElse(Double.NaN),
                averageError,
                units.count(),
                estimate.unitsLeft(),
                estimate.unitsRight(),
                giniPlus,
                giniMinus,
                tests,
                settings.draws,
                settings.level,
                warnings.sentences(),
                Provenance.here(settings.backend().info().id(), settings.seed));
    }

    private static double[] nan(int m) {
        double[] values = new double[m];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private Draws draws(Influence influence, int[] active, String name) {
        double[][] xi = settings.multipliers;
        if (xi != null) {
            return Draws.given(
                    influence, Arrays.stream(active).mapToObj(i -> xi[i]).toArray(double[][]::new));
        }
        return settings.engine == BootstrapEngine.FACTOR
                ? Draws.factor(influence, settings.backend(), settings.seed, name)
                : Draws.multipliers(influence, settings.backend(), settings.seed, name);
    }

    /** Influences on the curve above and on the curve below, side by side; every unit has one of them only. */
    private double[] bySide(Estimate estimate) {
        int m = grid.length;
        double[] sides = new double[2 * estimate.reducedForm().length];
        for (int i = 0; i < estimate.active().length; i++) {
            boolean right = units.x[estimate.active()[i]] >= 0;
            for (int j = 0; j < m; j++) {
                double psi = estimate.reducedForm()[i * m + j];
                sides[i * 2 * m + (right ? 0 : m) + j] = right ? psi : -psi;
            }
        }
        return sides;
    }
}
