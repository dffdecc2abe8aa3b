package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.Multiclass;
import io.verity.estimators.probe.MulticlassResult;
import io.verity.estimators.probe.ProbeFile;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code fit probe --multiclass}: a direction for each of several classes. */
final class MulticlassProbe {
    private MulticlassProbe() {}

    static Outcome run(Inputs inputs) {
        ProbeData data = ProbeData.read(inputs, true);
        Arguments.require(
                !inputs.flag("stability"), "--stability is for two classes: name them one by one as --positive");
        String save = SavedProbes.checked(inputs.optionalText("save").orElse(null));
        Raptor raptor = ProbeOptions.raptor(inputs, data)
                .with(Multiclass.valueOf(ProbeOptions.constant(inputs.text("scheme"))));
        List<MulticlassResult> fits = new ArrayList<>();
        int best = 0;
        for (int layer = 0; layer < data.layers().layers(); layer++) {
            inputs.progress().update("fitting layers", layer, data.layers().layers());
            fits.add(raptor.fitMulticlass(data.layers().load(layer), data.y(), data.splitOrThrow()));
            best = fits.get(layer).validationAccuracy() > fits.get(best).validationAccuracy() ? layer : best;
        }
        MulticlassResult fit = fits.get(best);
        Outcome.Builder outcome = Outcome.of("probe").data(data.facts()).options(inputs.effective());
        results(outcome, data, fit);
        outcome.result("layer", data.layers().name(best));
        if (fits.size() > 1) {
            outcome.result("layers", layers(data, fits));
        }
        data.warnings().forEach(outcome::warning);
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        if (fits.size() > 1) {
            lines.add(ProbeOptions.best(data.layers().name(best), fits.size()));
        }
        lines.add(fit.toString());
        if (save != null) {
            lines.add(save(save, data, fit, data.layers().name(best)));
        }
        return outcome.converged(fit.converged(), null)
                .table(fit.toTable(data.classes()))
                .summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static void results(Outcome.Builder outcome, ProbeData data, MulticlassResult fit) {
        List<LinearProbe> probes =
                IntStream.range(0, fit.classes()).mapToObj(fit::probe).toList();
        outcome.result("classes", data.classes())
                .result("selectedC", single(fit.selectedC()))
                .result("gridC", fit.gridC())
                .result("validation", fit.validation())
                .result("weights", probes.stream().map(LinearProbe::weights).toList())
                .result(
                        "intercept",
                        probes.stream().mapToDouble(LinearProbe::intercept).toArray())
                .result(
                        "conceptVector",
                        probes.stream()
                                .map(p -> p.norm() > 0 ? p.conceptVector() : null)
                                .toList())
                .result("trainAccuracy", fit.trainAccuracy())
                .result("validationAccuracy", finite(fit.validationAccuracy()))
                .result("testAccuracy", finite(fit.testAccuracy()))
                .result("excludedColumns", data.features(fit.excludedColumns()))
                .result("excludedIndices", FitProbe.positions(fit.excludedColumns()))
                .result(
                        "confusion",
                        Arrays.stream(fit.confusion())
                                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                                .toList());
        if (Double.isNaN(fit.testAccuracy())) {
            outcome.note("testAccuracy", "no row is a test row");
        }
    }

    /** One number where all classes have the same. */
    private static Object single(double[] values) {
        return Arrays.stream(values).distinct().count() == 1 ? (Object) values[0] : values;
    }

    private static @Nullable Double finite(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private static List<Object> layers(ProbeData data, List<MulticlassResult> fits) {
        return IntStream.range(0, fits.size())
                .mapToObj(k -> {
                    Map<String, @Nullable Object> layer = new LinkedHashMap<>();
                    layer.put("layer", data.layers().name(k));
                    layer.put("selectedC", single(fits.get(k).selectedC()));
                    layer.put("trainAccuracy", fits.get(k).trainAccuracy());
                    layer.put("validationAccuracy", finite(fits.get(k).validationAccuracy()));
                    layer.put("testAccuracy", finite(fits.get(k).testAccuracy()));
                    return (Object) layer;
                })
                .toList();
    }

    /** One file per class: {@code NAME-CLASS.json} and {@code NAME-CLASS.npy}. */
    private static String save(String base, ProbeData data, MulticlassResult fit, String layer) {
        for (int k = 0; k < fit.classes(); k++) {
            String name = base + "-" + data.classes().get(k).replaceAll("[^\\p{L}\\p{N}._-]", "_");
            ProbeFile file = ProbeFile.of(fit.probe(k))
                    .withName("layer", layer)
                    .withName("positive", data.classes().get(k))
                    .withName("negative", "(the others)");
            (data.features().isEmpty() ? file : file.withFeatures(data.features())).save(Path.of(name + ".json"));
            if (fit.probe(k).norm() > 0) {
                SavedProbes.npy(Path.of(name + ".npy"), fit.conceptVector(k));
            }
        }
        return "saved: " + base + "-CLASS.json and .npy, one of each per class";
    }
}
