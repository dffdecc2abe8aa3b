package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.Directions;
import io.verity.estimators.probe.LayerSweep;
import io.verity.estimators.probe.MinimalEdit;
import io.verity.estimators.probe.ProbeWarning;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.RaptorResult;
import io.verity.estimators.probe.Split;
import io.verity.estimators.probe.Stability;
import io.verity.estimators.probe.StabilityReport;
import io.verity.estimators.probe.SteeringTrial;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.EstimationException;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code verity fit probe}: ridge-adaptive logistic probes, layer by layer. */
public final class FitProbe implements Procedure {
    private static final String NO_TEST = "no row is a test row";

    /** For the service loader. */
    public FitProbe() {}

    @Override
    public List<String> command() {
        return List.of("fit", "probe");
    }

    @Override
    public String summary() {
        return "A linear probe of hidden states: penalty tuned, direction, and whether it would be found again";
    }

    @Override
    public String description() {
        return "Fits ridge-penalised logistic regression to the hidden states of labelled texts (Gao et al., RAPTOR, arXiv 2602.00158):"
                + " standardised on the training rows, the penalty chosen on the validation rows, fitted again on both, judged on the test"
                + " rows. The unit vector of its weights is the concept vector, which points to class 1. States are the columns of a CSV"
                + " file, .npy or .npz files, or a folder of 'verity probe embed'; where there are several layers all are fitted with one"
                + " split, and the results are those of the layer with the best validation accuracy. --stability asks, for every layer,"
                + " whether the direction would be found again: on subsets that overlap (the paper's metric, high by construction) and on"
                + " halves that do not.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ProbeData.options(true));
        options.addAll(ProbeData.splitOptions());
        options.addAll(ProbeOptions.raptor());
        options.addAll(ProbeOptions.multiclass());
        options.add(Option.flag("stability", "both stabilities of every layer (many more fits)"));
        options.addAll(ProbeOptions.stability());
        options.add(Option.of("target", Option.Kind.NUMBER, "probability that the steering trial steers to")
                .withDefault("0.99"));
        options.add(
                Option.of(
                        "save",
                        Option.Kind.TEXT,
                        "write the probe to this .json file and its concept vector to an .npy file beside it (layers: one each)"));
        return options;
    }

    @Override
    public String example() {
        return "verity fit probe --data examples/data/digits_3_vs_8.csv --label label --grid 1e-4:1e2:25 --save digits.json";
    }

    @Override
    public Outcome run(Inputs inputs) {
        if (inputs.flag("multiclass")) {
            return MulticlassProbe.run(inputs);
        }
        ProbeData data = ProbeData.read(inputs, false);
        Raptor raptor = ProbeOptions.raptor(inputs, data);
        SavedProbes target = SavedProbes.of(inputs.optionalText("save").orElse(null));
        inputs.progress().update("fitting layers", 0, data.layers().layers());
        LayerSweep sweep = raptor.sweep(data.layers(), data.y(), data.splitOrThrow());
        List<StabilityReport> stabilities = stabilities(inputs, data, raptor);
        int best = sweep.best();
        RaptorResult fit = sweep.results().get(best);
        Outcome.Builder outcome = Outcome.of("probe").data(data.facts()).options(inputs.effective());
        results(outcome, data, fit);
        outcome.result("layer", sweep.names().get(best));
        if (sweep.results().size() > 1 || !stabilities.isEmpty()) {
            outcome.result("layers", layers(data, sweep, stabilities));
        }
        outcome.converged(fit.converged(), (long)
                Arrays.stream(fit.validation().iterations()).sum());
        data.warnings().forEach(outcome::warning);
        warnings(outcome, data, sweep, best);
        if (sweep.results().size() > 1) {
            outcome.table(sweep.toTable());
        }
        if (sweep.results().size() > 1 || !stabilities.isEmpty()) {
            outcome.figure(ProbeFigures.layers(sweep, stabilities));
        }
        outcome.table(fit.toTable());
        if (fit.validation().accuracy().length > 1) {
            outcome.figure(ProbeFigures.validation(fit));
        }
        if (!stabilities.isEmpty()) {
            outcome.table(stabilities.get(best).toTable()).figure(ProbeFigures.stability(stabilities.get(best)));
            ProbeStability.results(outcome, stabilities.get(best));
        }
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        if (sweep.results().size() > 1) {
            lines.add(ProbeOptions.best(sweep.names().get(best), sweep.results().size()));
        }
        lines.add(fit.toString());
        if (!stabilities.isEmpty()) {
            lines.add(stabilities.get(best).toString());
        }
        trial(inputs, data, raptor, fit, best, outcome, lines);
        target.write(data, sweep).ifPresent(lines::add);
        return outcome.summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static void results(Outcome.Builder outcome, ProbeData data, RaptorResult fit) {
        outcome.result("selectedC", fit.selectedC())
                .result("gridC", fit.gridC())
                .result("validation", fit.validation().accuracy())
                .result("weights", fit.weights())
                .result("intercept", fit.intercept());
        if (fit.probe().norm() > 0) {
            outcome.result("conceptVector", fit.conceptVector());
        } else {
            outcome.missing("conceptVector", "every weight is 0");
        }
        outcome.result("trainAccuracy", fit.trainAccuracy());
        outcome.resultOrMissing("validationAccuracy", fit.validationAccuracy(), "no row is a validation row");
        outcome.resultOrMissing("testAccuracy", fit.testAccuracy(), NO_TEST);
        int[] excluded = fit.excludedColumns();
        outcome.result("excludedColumns", data.features(excluded))
                .result("excludedIndices", positions(excluded))
                .result("selectedIndex", (long) fit.selectedIndex())
                .result("ties", (long) fit.validation().ties())
                .result("lambda", fit.lambda())
                .result("validationLogLoss", fit.validation().logLoss());
        outcome.resultOrMissing("testLogLoss", fit.testLogLoss(), NO_TEST);
        outcome.resultOrMissing("testBalancedAccuracy", fit.test().balancedAccuracy(), "the test rows lack a class");
        outcome.resultOrMissing("testAreaUnderCurve", fit.test().areaUnderCurve(), "the test rows lack a class");
        outcome.result("gradientNorm", fit.gradientNorm());
    }

    /** Positions from 0. */
    static List<Long> positions(int[] columns) {
        return Arrays.stream(columns).mapToObj(j -> (long) j).toList();
    }

    private static List<Object> layers(ProbeData data, LayerSweep sweep, List<StabilityReport> stabilities) {
        return IntStream.range(0, sweep.results().size())
                .mapToObj(k -> {
                    RaptorResult fit = sweep.results().get(k);
                    Map<String, @Nullable Object> layer = new LinkedHashMap<>();
                    layer.put("layer", sweep.names().get(k));
                    layer.put("selectedC", fit.selectedC());
                    layer.put("trainAccuracy", fit.trainAccuracy());
                    layer.put("validationAccuracy", Outcome.orNull(fit.validationAccuracy()));
                    layer.put("testAccuracy", Outcome.orNull(fit.testAccuracy()));
                    layer.put("testLogLoss", Outcome.orNull(fit.testLogLoss()));
                    layer.put("norm", fit.probe().norm());
                    layer.put("intercept", fit.intercept());
                    layer.put("conceptVector", fit.probe().norm() > 0 ? fit.conceptVector() : null);
                    layer.put("excludedColumns", data.features(fit.excludedColumns()));
                    layer.put("excludedIndices", positions(fit.excludedColumns()));
                    if (!stabilities.isEmpty()) {
                        layer.put(
                                "dropoutStability", stabilities.get(k).dropout().mean());
                        layer.put(
                                "disjointStability",
                                stabilities.get(k).disjointHalves().mean());
                        layer.put(
                                "dropoutStabilityError",
                                stabilities.get(k).dropout().standardError());
                        layer.put(
                                "disjointStabilityError",
                                stabilities.get(k).disjointHalves().standardError());
                    }
                    return (Object) layer;
                })
                .toList();
    }

    private static void warnings(Outcome.Builder outcome, ProbeData data, LayerSweep sweep, int best) {
        for (int k = 0; k < sweep.results().size(); k++) {
            String layer = sweep.results().size() > 1 ? sweep.names().get(k) + ": " : "";
            RaptorResult fit = sweep.results().get(k);
            fit.warnings()
                    .forEach(w -> outcome.warning(layer
                            + (w.kind() == ProbeWarning.Kind.EXCLUDED_COLUMNS
                                    ? data.excluded(fit.excludedColumns())
                                    : w.message())));
        }
        RaptorResult fit = sweep.results().get(best);
        if (fit.test().rows() == 0) {
            outcome.warning(
                    NO_TEST
                            + ": no accuracy here is of rows unseen, and the steering trial moves rows that its probes have seen");
        }
        if (fit.test().rows() > 0 && Double.isNaN(fit.test().balancedAccuracy())) {
            outcome.warning(
                    "the test rows belong to one class: their accuracy does not say whether the classes are told apart");
        }
        if (fit.test().rows() > 0
                && fit.testAccuracy() < 0.5 + 2 * Math.sqrt(0.25 / fit.test().rows())
                && !Double.isNaN(fit.testAccuracy())) {
            outcome.warning("the test accuracy " + Rounded.to(fit.testAccuracy(), 4)
                    + " is within two standard errors of a coin's: do not take the direction for the concept");
        }
    }

    private static List<StabilityReport> stabilities(Inputs inputs, ProbeData data, Raptor raptor) {
        List<StabilityReport> reports = new ArrayList<>();
        if (!inputs.flag("stability")) {
            return reports;
        }
        Stability stability = ProbeOptions.stability(inputs);
        for (int layer = 0; layer < data.layers().layers(); layer++) {
            inputs.progress().update("stability", layer, data.layers().layers());
            reports.add(stability
                    .forLayer(layer)
                    .assess(Directions.tuned(raptor), data.layers().load(layer), data.y(), data.splitOrThrow()));
        }
        return reports;
    }

    /** Two more probes, on halves of the pool: does steering by one convince the other? */
    private static void trial(
            Inputs inputs,
            ProbeData data,
            Raptor raptor,
            RaptorResult fit,
            int layer,
            Outcome.Builder outcome,
            List<String> lines) {
        if (fit.probe().norm() == 0) {
            outcome.missing("steering", "the probe has no direction");
            return;
        }
        try {
            inputs.progress().update("steering trial", 0, -1);
            Split split = data.splitOrThrow();
            SteeringTrial trial = SteeringTrial.of(
                    Directions.tuned(raptor),
                    data.layers().load(layer),
                    data.y(),
                    split,
                    MinimalEdit.ONE_SIDED,
                    inputs.number("target"),
                    ProbeOptions.seed(inputs));
            outcome.result("steering", ProbeSteer.map(trial))
                    .table(trial.toTable())
                    .figure(ProbeFigures.steering(trial));
            lines.add(trial.toString());
        } catch (EstimationException e) {
            outcome.missing("steering", String.valueOf(e.getMessage()));
            lines.add("no steering trial: " + e.getMessage());
        }
    }
}
