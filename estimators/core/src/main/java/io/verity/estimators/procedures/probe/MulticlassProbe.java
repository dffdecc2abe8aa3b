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
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** {@code fit probe --multiclass}: a direction for each of several classes. */
final class MulticlassProbe {
    private MulticlassProbe() {}

    static Outcome run(Inputs inputs) {
        ProbeData data = ProbeData.read(inputs, true);
        Arguments.require(
                !inputs.flag("stability"),
                "--stability is for two classes; 'probe stability --multiclass' does it for several");
        String save = SavedProbes.checked(inputs.optionalText("save").orElse(null));
        Raptor raptor = ProbeOptions.multiclass(inputs, data);
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
        List<String> names =
                IntStream.range(0, fits.size()).mapToObj(data.layers()::name).toList();
        if (fits.size() > 1) {
            outcome.result("layers", layers(names, fits))
                    .table(table(names, fits))
                    .figure(ProbeFigures.layers(names, fits));
        }
        outcome.table(fit.toTable(data.classes()));
        if (fit.validation().length > 1) {
            outcome.figure(ProbeFigures.validation(fit));
        }
        data.warnings().forEach(outcome::warning);
        warnings(outcome, data, fit);
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        if (fits.size() > 1) {
            lines.add(ProbeOptions.best(data.layers().name(best), fits.size()));
        }
        lines.add(fit.toString());
        if (save != null) {
            lines.add(save(save, data, fit, data.layers().name(best)));
        }
        return outcome.converged(fit.converged(), null)
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
                .result("validationAccuracy", Outcome.orNull(fit.validationAccuracy()))
                .result("testAccuracy", Outcome.orNull(fit.testAccuracy()))
                .result("testAccuracyError", Outcome.orNull(fit.testAccuracyError()))
                .result("majorityShare", Outcome.orNull(fit.majorityShare()))
                .result("excludedColumns", data.features(fit.excludedColumns()))
                .result("excludedIndices", FitProbe.positions(fit.excludedColumns()))
                .result(
                        "confusion",
                        Arrays.stream(fit.confusion())
                                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                                .toList());
        if (Double.isNaN(fit.testAccuracy())) {
            for (String key : List.of("testAccuracy", "testAccuracyError", "majorityShare")) {
                outcome.note(key, "no row is a test row");
            }
        }
    }

    private static void warnings(Outcome.Builder outcome, ProbeData data, MulticlassResult fit) {
        if (fit.excludedColumns().length > 0) {
            outcome.warning(data.excluded(fit.excludedColumns()));
        }
        if (fit.testRows() == 0) {
            outcome.warning("no row is a test row: no accuracy here is of rows unseen");
            return;
        }
        List<String> absent = IntStream.range(0, fit.classes())
                .filter(k -> Arrays.stream(fit.confusion()[k]).sum() == 0)
                .mapToObj(data.classes()::get)
                .toList();
        if (!absent.isEmpty()) {
            outcome.warning("no test row belongs to " + String.join(", ", absent)
                    + ": the accuracy does not say whether they are recognised");
        }
        double chance = fit.majorityShare();
        if (fit.testAccuracy() < chance + 2 * Math.sqrt(chance * (1 - chance) / fit.testRows())) {
            outcome.warning("the test accuracy " + Rounded.to(fit.testAccuracy(), 4)
                    + " is within two standard errors of that of always naming the most frequent class, "
                    + Rounded.to(chance, 4) + ": do not take the directions for the concepts");
        }
    }

    private static ResultTable table(List<String> names, List<MulticlassResult> fits) {
        boolean softmax = fits.get(0).scheme() == Multiclass.SOFTMAX;
        ResultTable.Builder table = ResultTable.named("layers", "Probes along the layers")
                .text("layer", "layer")
                .number("selectedC", softmax ? "C" : "C, geometric mean", "")
                .number("trainAccuracy", "train accuracy", "")
                .number("validationAccuracy", "validation accuracy", "")
                .column(new ResultTable.Column(
                        "testAccuracy", "test accuracy", "", ResultTable.Kind.NUMBER, "testAccuracyError"))
                .number("testAccuracyError", "s.e.", "");
        for (int k = 0; k < fits.size(); k++) {
            MulticlassResult fit = fits.get(k);
            table.row(
                    names.get(k),
                    softmax ? fit.selectedC()[0] : StatUtils.geometricMean(fit.selectedC()),
                    fit.trainAccuracy(),
                    fit.validationAccuracy(),
                    fit.testAccuracy(),
                    fit.testAccuracyError());
        }
        return table.build();
    }

    /** One number where all classes have the same. */
    private static Object single(double[] values) {
        return Arrays.stream(values).distinct().count() == 1 ? (Object) values[0] : values;
    }

    private static List<Object> layers(List<String> names, List<MulticlassResult> fits) {
        return IntStream.range(0, fits.size())
                .mapToObj(k -> {
                    Map<String, @Nullable Object> layer = new LinkedHashMap<>();
                    layer.put("layer", names.get(k));
                    layer.put("selectedC", single(fits.get(k).selectedC()));
                    layer.put("trainAccuracy", fits.get(k).trainAccuracy());
                    layer.put("validationAccuracy", Outcome.orNull(fits.get(k).validationAccuracy()));
                    layer.put("testAccuracy", Outcome.orNull(fits.get(k).testAccuracy()));
                    layer.put("testAccuracyError", Outcome.orNull(fits.get(k).testAccuracyError()));
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
