package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.DirectionSpread;
import io.verity.estimators.probe.MulticlassStability;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Stability;
import io.verity.estimators.probe.StabilityReport;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code probe stability --multiclass}: would the direction of every class be found again? */
final class MulticlassStabilities {
    private static final List<String> KINDS = List.of("dropout", "disjointHalves", "bootstrap");

    private MulticlassStabilities() {}

    static Outcome run(Inputs inputs, ProbeData data) {
        Arguments.require(
                inputs.text("method").equals(Methods.RAPTOR),
                "--method %s is for two classes; several classes have the tuned probe alone",
                inputs.text("method"));
        Raptor raptor = ProbeOptions.multiclass(inputs, data);
        Outcome.Builder outcome =
                Outcome.of("probe-stability").data(data.facts()).options(inputs.effective());
        data.warnings().forEach(outcome::warning);
        outcome.result("classes", data.classes());
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        List<Object> layers = new ArrayList<>();
        int count = data.layers().layers();
        for (int layer = 0; layer < count; layer++) {
            inputs.progress().update("stability", layer, count);
            String name = data.layers().name(layer);
            MulticlassStability found = assess(inputs, data, raptor, layer);
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            if (count > 1) {
                entry.put("layer", name);
                lines.add(name + ":");
            }
            entry.putAll(map(found));
            layers.add(entry);
            if (count == 1) {
                entry.forEach(outcome::result);
            }
            lines.add(found.toString());
            outcome.table(Renamed.table(found.toTable(data.classes()), name, count))
                    .figure(Renamed.figure(ProbeFigures.stability(found, data.classes()), name, count));
        }
        if (count > 1) {
            outcome.result("layers", layers);
        }
        return outcome.summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static MulticlassStability assess(Inputs inputs, ProbeData data, Raptor raptor, int layer) {
        DMatrixRMaj x = data.layers().load(layer);
        Stability stability = ProbeOptions.stability(inputs).forLayer(layer);
        int resamples = inputs.integer("resamples");
        if (resamples == 0) {
            return stability.assessMulticlass(raptor, x, data.y(), data.splitOrThrow());
        }
        double[] c = raptor.fitMulticlass(x, data.y(), data.splitOrThrow()).selectedC();
        return stability.withResamples(resamples).assessMulticlass(raptor, c, x, data.y(), data.splitOrThrow());
    }

    /** Per kind the mean over the classes, and under {@code classes} what a probe of two classes has, in class order. */
    private static Map<String, @Nullable Object> map(MulticlassStability found) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int kind = 0; kind < KINDS.size(); kind++) {
            if (kind >= found.means().size()) {
                map.put(KINDS.get(kind), null);
                continue;
            }
            MulticlassStability.Mean mean = found.means().get(kind);
            List<Object> classes = new ArrayList<>();
            for (StabilityReport report : found.classes()) {
                DirectionSpread spread = report.all().get(kind);
                classes.add(ProbeStability.map(spread));
            }
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("mean", mean.mean());
            entry.put("standardError", Outcome.orNull(mean.standardError()));
            entry.put("signedMean", mean.signedMean());
            entry.put("runs", (long) mean.runs());
            entry.put("classes", classes);
            map.put(KINDS.get(kind), entry);
        }
        return map;
    }
}
