package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.Gcs;
import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.Performance;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Split;
import io.verity.estimators.probe.StabilityReport;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code verity probe baselines}: the tuned probe beside other ways to find a direction. */
public final class ProbeBaselines implements Procedure {
    /** For the service loader. */
    public ProbeBaselines() {}

    @Override
    public List<String> command() {
        return List.of("probe", "baselines");
    }

    @Override
    public String summary() {
        return "The tuned probe beside difference of means, discriminants, a support vector machine, C = 100 and GCS";
    }

    @Override
    public String description() {
        return "Fits every method with the same split and reports its test accuracy and the cosine of its direction with the tuned probe's;"
                + " with --stability also how well its direction is found again on overlapping subsets and on disjoint halves. A method can be"
                + " more accurate and less reproducible. The accuracy of gcs is that of its mean vector; the mean accuracy of sampled vectors,"
                + " which its authors report, stands beside it.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ProbeData.options(true));
        options.addAll(ProbeData.splitOptions());
        options.addAll(ProbeOptions.raptor());
        options.add(Option.of("methods", Option.Kind.LIST, "which of: " + String.join(", ", Methods.NAMES))
                .withDefault(String.join(",", Methods.NAMES)));
        options.addAll(Methods.options());
        options.add(Option.flag("stability", "both stabilities of every method (many more fits)"));
        options.addAll(ProbeOptions.stability());
        return options;
    }

    @Override
    public String example() {
        return "verity probe baselines --data examples/data/digits_3_vs_8.csv --label label --grid 1e-4:1e2:25 --gcs-probes 100";
    }

    /** One method's figures on one layer. */
    private record Row(
            String layer,
            String method,
            LinearProbe probe,
            Performance test,
            double cosine,
            @Nullable Double sampledAccuracy,
            @Nullable StabilityReport stability) {}

    @Override
    public Outcome run(Inputs inputs) {
        ProbeData data = ProbeData.read(inputs, false);
        Raptor raptor = ProbeOptions.raptor(inputs, data);
        List<String> methods = Arrays.stream(inputs.text("methods").split(",", -1))
                .map(String::strip)
                .toList();
        methods.forEach(m -> Arguments.require(
                Methods.NAMES.contains(m),
                "option --methods holds '%s', but must hold some of %s",
                m,
                String.join(", ", Methods.NAMES)));
        Outcome.Builder outcome =
                Outcome.of("probe-baselines").data(data.facts()).options(inputs.effective());
        data.warnings().forEach(outcome::warning);
        List<Row> rows = new ArrayList<>();
        for (int layer = 0; layer < data.layers().layers(); layer++) {
            DMatrixRMaj x = data.layers().load(layer);
            LinearProbe tuned = raptor.fit(x, data.y(), data.splitOrThrow()).probe();
            for (String method : methods) {
                inputs.progress().update(data.layers().name(layer) + ", " + method, 0, -1);
                try {
                    rows.add(row(inputs, data, raptor, x, layer, method, tuned));
                } catch (EstimationException e) {
                    outcome.warning(data.layers().name(layer) + ", " + method + ": " + e.getMessage());
                }
            }
        }
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        rows.forEach(row -> lines.add(line(row, data.layers().layers() > 1)));
        return outcome.result("methods", rows.stream().map(ProbeBaselines::map).toList())
                .table(table(rows))
                .summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static Row row(
            Inputs inputs, ProbeData data, Raptor raptor, DMatrixRMaj x, int layer, String method, LinearProbe tuned) {
        Split split = data.splitOrThrow();
        Double sampled = null;
        LinearProbe probe;
        if (method.equals(Methods.GCS)) {
            Gcs.Result gcs = Methods.gcs(raptor, inputs).fit(x, data.y(), split);
            sampled = Outcome.orNull(gcs.sampledAccuracy());
            probe = gcs.meanProbe();
        } else {
            probe = Methods.finder(method, raptor, inputs).find(x, data.y(), split);
        }
        StabilityReport stability = inputs.flag("stability")
                ? ProbeOptions.stability(inputs)
                        .forLayer(layer)
                        .assess(Methods.finder(method, raptor, inputs), x, data.y(), split)
                : null;
        return new Row(
                data.layers().name(layer),
                method,
                probe,
                performance(probe, x, data.y(), split.test()),
                probe.norm() > 0 && tuned.norm() > 0 ? probe.cosine(tuned) : Double.NaN,
                sampled,
                stability);
    }

    private static Performance performance(LinearProbe probe, DMatrixRMaj x, int[] y, int[] rows) {
        double[] all = probe.scores(x);
        return Performance.of(
                Arrays.stream(rows).mapToDouble(i -> all[i]).toArray(),
                Arrays.stream(rows).map(i -> y[i]).toArray());
    }

    private static String line(Row row, boolean layered) {
        StringBuilder text = new StringBuilder(layered ? row.layer + ", " : "")
                .append(row.method)
                .append(": test accuracy ")
                .append(Rounded.to(row.test.accuracy(), 4))
                .append(
                        Double.isNaN(row.cosine)
                                ? ", no cosine with the tuned probe, one of the two having no direction"
                                : ", cosine with the tuned probe " + Rounded.to(row.cosine, 3));
        StabilityReport stability = row.stability;
        if (stability != null) {
            text.append(", found again: ")
                    .append(Rounded.to(stability.dropout().mean(), 3))
                    .append(" on overlapping subsets, ")
                    .append(Rounded.to(stability.disjointHalves().mean(), 3))
                    .append(" on disjoint halves");
        }
        return text.toString();
    }

    private static ResultTable table(List<Row> rows) {
        ResultTable.Builder table = ResultTable.named("methods", "Ways to find the direction")
                .text("layer", "layer")
                .text("method", "method")
                .column(new ResultTable.Column(
                        "testAccuracy", "test accuracy", "", ResultTable.Kind.NUMBER, "testAccuracyError"))
                .number("testAccuracyError", "s.e.", "")
                .number("areaUnderCurve", "area under curve", "")
                .number("cosine", "cosine with the tuned probe", "")
                .number("dropout", "overlapping subsets", "")
                .number("halves", "disjoint halves", "")
                .number("sampledAccuracy", "mean accuracy of sampled vectors", "");
        for (Row row : rows) {
            StabilityReport stability = row.stability;
            table.row(
                    row.layer,
                    row.method,
                    row.test.accuracy(),
                    row.test.accuracyError(),
                    row.test.areaUnderCurve(),
                    row.cosine,
                    stability == null ? null : stability.dropout().mean(),
                    stability == null ? null : stability.disjointHalves().mean(),
                    row.sampledAccuracy);
        }
        return table.build();
    }

    private static Map<String, @Nullable Object> map(Row row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("layer", row.layer);
        map.put("method", row.method);
        map.put("testAccuracy", Outcome.orNull(row.test.accuracy()));
        map.put("testBalancedAccuracy", Outcome.orNull(row.test.balancedAccuracy()));
        map.put("testAreaUnderCurve", Outcome.orNull(row.test.areaUnderCurve()));
        map.put("cosine", Outcome.orNull(row.cosine));
        map.put("sampledAccuracy", row.sampledAccuracy);
        map.put("weights", row.probe.weights());
        map.put("intercept", row.probe.intercept());
        StabilityReport stability = row.stability;
        map.put(
                "dropoutStability",
                stability == null ? null : stability.dropout().mean());
        map.put(
                "disjointStability",
                stability == null ? null : stability.disjointHalves().mean());
        return map;
    }
}
