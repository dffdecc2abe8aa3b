package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.DirectionFinder;
import io.verity.estimators.probe.DirectionSpread;
import io.verity.estimators.probe.Directions;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Stability;
import io.verity.estimators.probe.StabilityReport;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code verity probe stability}: would the direction be found again? */
public final class ProbeStability implements Procedure {
    /** For the service loader. */
    public ProbeStability() {}

    @Override
    public List<String> command() {
        return List.of("probe", "stability");
    }

    @Override
    public String summary() {
        return "Would the direction be found again? Overlapping subsets, disjoint halves and bootstrap side by side";
    }

    @Override
    public String description() {
        return "Finds the direction again on other rows and compares: on random subsets that overlap (drop-out, the paper's metric, high"
                + " by construction), on halves that share no row (the honest number), and on resamples at the chosen C. --method takes other"
                + " direction finders in place of the tuned probe. With --multiclass every class is compared with itself, and the means over the"
                + " classes stand beside them. Test rows take no part. Groups are kept whole.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ProbeData.options(true));
        options.addAll(ProbeData.splitOptions());
        options.addAll(ProbeOptions.raptor());
        options.addAll(ProbeOptions.multiclass());
        options.add(Methods.option());
        options.addAll(Methods.options());
        options.addAll(ProbeOptions.stability());
        options.add(Option.of("resamples", Option.Kind.INTEGER, "bootstrap resamples; 0 leaves the bootstrap out")
                .withDefault("200"));
        return options;
    }

    @Override
    public String example() {
        return "verity probe stability --data examples/data/digits_3_vs_8.csv --label label --grid 1e-4:1e2:13";
    }

    @Override
    public Outcome run(Inputs inputs) {
        if (inputs.flag("multiclass")) {
            return MulticlassStabilities.run(inputs, ProbeData.read(inputs, true));
        }
        ProbeData data = ProbeData.read(inputs, false);
        Raptor raptor = ProbeOptions.raptor(inputs, data);
        String method = inputs.text("method");
        DirectionFinder finder = Methods.finder(method, raptor, inputs);
        List<Object> layers = new ArrayList<>();
        List<StabilityReport> reports = new ArrayList<>();
        int count = data.layers().layers();
        for (int layer = 0; layer < count; layer++) {
            inputs.progress().update("stability", layer, count);
            DMatrixRMaj x = data.layers().load(layer);
            StabilityReport report = assess(inputs, data, raptor, finder, x, layer);
            reports.add(report);
            Map<String, @Nullable Object> entry = map(report);
            entry.put("layer", data.layers().name(layer));
            layers.add(entry);
        }
        Outcome.Builder outcome =
                Outcome.of("probe-stability").data(data.facts()).options(inputs.effective());
        data.warnings().forEach(outcome::warning);
        List<String> lines = new ArrayList<>(List.of(data.describe(), "method: " + method));
        if (count == 1) {
            results(outcome, reports.get(0));
        } else {
            outcome.result("layers", layers);
        }
        for (int layer = 0; layer < count; layer++) {
            if (count > 1) {
                lines.add(data.layers().name(layer) + ":");
            }
            lines.add(reports.get(layer).toString());
            outcome.table(renamed(reports.get(layer), data.layers().name(layer), count))
                    .figure(Renamed.figure(
                            ProbeFigures.stability(reports.get(layer)),
                            data.layers().name(layer),
                            count));
        }
        return outcome.summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static io.verity.stats.result.ResultTable renamed(StabilityReport report, String layer, int count) {
        return Renamed.table(report.toTable(), layer, count);
    }

    private static StabilityReport assess(
            Inputs inputs, ProbeData data, Raptor raptor, DirectionFinder finder, DMatrixRMaj x, int layer) {
        Stability stability = ProbeOptions.stability(inputs).forLayer(layer);
        int resamples = inputs.integer("resamples");
        if (resamples == 0) {
            return stability.assess(finder, x, data.y(), data.splitOrThrow());
        }
        DirectionFinder fixed = inputs.text("method").equals(Methods.RAPTOR)
                ? Directions.ridge(
                        raptor, raptor.fit(x, data.y(), data.splitOrThrow()).selectedC())
                : finder;
        return stability.withResamples(resamples).assess(finder, fixed, x, data.y(), data.splitOrThrow());
    }

    /** Both stabilities as results of an outcome. */
    static void results(Outcome.Builder outcome, StabilityReport report) {
        map(report).forEach(outcome::result);
    }

    private static Map<String, @Nullable Object> map(StabilityReport report) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("dropout", map(report.dropout()));
        map.put("disjointHalves", map(report.disjointHalves()));
        map.put("bootstrap", report.bootstrap().map(ProbeStability::map).orElse(null));
        return map;
    }

    static Map<String, @Nullable Object> map(DirectionSpread spread) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("mean", spread.mean());
        map.put("standardError", Outcome.orNull(spread.standardError()));
        map.put("standardDeviation", spread.standardDeviation());
        map.put("signedMean", spread.signedMean());
        map.put("resultantLength", spread.resultantLength());
        map.put("lower", spread.interval().lower());
        map.put("upper", spread.interval().upper());
        map.put("runs", (long) spread.runs());
        map.put("cosines", spread.cosines());
        if (spread.kind() == DirectionSpread.Kind.BOOTSTRAP) {
            map.put("coordinateDeviations", spread.coordinateDeviations());
        }
        return map;
    }
}
