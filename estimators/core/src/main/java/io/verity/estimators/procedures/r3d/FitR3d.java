package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.TestKind;
import io.verity.estimators.r3d.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code verity fit r3d}: the effect on the average quantile function of units at a cutoff. */
public final class FitR3d implements Procedure {
    private static final String SHARP = "the design is sharp: no --treat was given";

    @Override
    public List<String> command() {
        return List.of("fit", "r3d");
    }

    @Override
    public String summary() {
        return "Regression discontinuity where the outcome of a unit is a whole distribution";
    }

    @Override
    public String description() {
        return "Units (firms, schools, counties) are treated when a running variable reaches a cutoff; each unit has many observed"
                + " outcomes (wages, scores). Estimates how the average quantile function of the units jumps at the cutoff, with a"
                + " uniform confidence band over all quantiles and tests that the effect is zero or the same everywhere (Van Dijcke,"
                + " arXiv 2504.03992). With --treat the design is fuzzy. The file is streamed: memory is bounded by the quantiles of"
                + " the units, not by the number of rows. --out writes the curves, the effect with its band, and the data behind"
                + " them.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoLevelData.options());
        options.addAll(R3dOptions.options());
        return options;
    }

    @Override
    public String example() {
        return "verity fit r3d --data examples/data/firms.csv.gz --unit firm --x score --z wage --cutoff 0"
                + " --quantiles 0.05:0.95:0.05 --seed 1";
    }

    @Override
    public Outcome run(Inputs inputs) {
        R3d r3d = R3dOptions.estimator(inputs);
        TwoLevelData data = TwoLevelData.read(inputs, r3d.quantileType(), r3d.grid());
        R3dFit fit = r3d.fit(data.matrix());
        Outcome.Builder outcome = Outcome.of("r3d").data(data.facts()).options(inputs.effective());
        results(outcome, fit);
        tests(outcome, fit);
        data.warnings().forEach(outcome::warning);
        R3dOptions.warnings(inputs).forEach(outcome::warning);
        fit.warnings().forEach(outcome::warning);
        R3dFigures figures = R3dFigures.of(inputs, r3d.cutoff());
        Fan fan = Fan.of(data.matrix(), r3d.cutoff());
        return outcome.converged(!fit.weakFirstStage(), null)
                .table(fit.toTable())
                .table(R3dTables.tests(fit))
                .table(fan.toTable())
                .figure(figures.curves(fit))
                .figure(figures.effect(fit))
                .figure(figures.fan(fan))
                .summary(data.description() + "\n" + fit + "\n" + R3dTables.effects(fit))
                .build(fit.provenance());
    }

    private static void results(Outcome.Builder outcome, R3dFit fit) {
        boolean oneBandwidth = fit.bandwidths().length == 1;
        outcome.result("q", fit.grid())
                .result("tau", fit.tau())
                .result("se", fit.standardErrors())
                .result("lower", fit.lower())
                .result("upper", fit.upper())
                .result("meanPlus", fit.meanPlus())
                .result("meanMinus", fit.meanMinus())
                .result("criticalValue", fit.criticalValue())
                .result("bandwidth", oneBandwidth ? (Object) fit.bandwidths()[0] : fit.bandwidths());
        if (fit.fuzzy()) {
            outcome.result("bandwidthTreatment", fit.bandwidthTreatment())
                    .result("firstStage", fit.firstStage())
                    .result("firstStageError", fit.firstStageError());
        } else {
            outcome.missing("bandwidthTreatment", SHARP)
                    .missing("firstStage", SHARP)
                    .missing("firstStageError", SHARP);
        }
        outcome.result("averageEffect", map("estimate", fit.averageEffect(), "se", fit.averageEffectError()))
                .result("effectiveUnits", map("left", fit.effectiveUnitsLeft(), "right", fit.effectiveUnitsRight()))
                .result("units", fit.units())
                .result("level", fit.level())
                .result("rawPlus", fit.rawPlus())
                .result("rawMinus", fit.rawMinus());
        if (fit.weakFirstStage()) {
            outcome.note("tau", "the treatment does not jump at the cutoff");
        }
    }

    private static void tests(Outcome.Builder outcome, R3dFit fit) {
        Map<String, @Nullable Object> tests = new LinkedHashMap<>();
        for (TestKind kind : TestKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            List<TestResult> made =
                    fit.tests().stream().filter(t -> t.kind() == kind).toList();
            if (made.isEmpty()) {
                tests.put(name, null);
                outcome.note("tests." + name, "not asked for: --tests");
            } else {
                Map<String, @Nullable Object> first = test(made.get(0));
                if (made.size() > 1) {
                    first.put("ranges", made.stream().map(FitR3d::test).toList());
                }
                tests.put(name, first);
            }
        }
        outcome.result("tests", tests);
        boolean gini = fit.tests().stream().anyMatch(t -> t.kind() == TestKind.GINI);
        if (gini) {
            outcome.result("gini", map("plus", fit.giniPlus(), "minus", fit.giniMinus()));
        }
    }

    private static Map<String, @Nullable Object> test(TestResult test) {
        return map(
                "statistic",
                test.statistic(),
                "pValue",
                test.pValue(),
                "criticalValue",
                test.criticalValue(),
                "low",
                test.low(),
                "high",
                test.high());
    }

    private static Map<String, @Nullable Object> map(Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int k = 0; k < keysAndValues.length; k += 2) {
            map.put((String) keysAndValues[k], keysAndValues[k + 1]);
        }
        return map;
    }
}
