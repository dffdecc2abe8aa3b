package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.AccuracyStructure;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code verity probe accuracy}: does the structure of Gaussian theory predict the accuracy of probes on these states? */
public final class ProbeAccuracy implements Procedure {
    private static final String FRACTIONS = "fractions";
    private static final String SUBSAMPLES = "subsamples";

    /** For the service loader. */
    public ProbeAccuracy() {}

    @Override
    public List<String> command() {
        return List.of("probe", "accuracy");
    }

    @Override
    public String summary() {
        return "Does the structure of Gaussian theory predict the accuracy of probes on these states?";
    }

    @Override
    public String description() {
        return "The plug-in test of Gao et al.: given the logit U of a good model, a probe's score is taken for normal around a line in U,"
                + " which gives its accuracy by a formula. A fifth of the rows is held out; for every fraction of the others and every C,"
                + " U and the scores come out of 5-fold cross-fitting, and the formula's accuracy on the held-out rows is set beside that"
                + " of the probe fitted on the whole subsample, both as means over subsamples. spearman is, for every C, the rank"
                + " correlation of the two over the fractions: near 1, theory orders the probes as the truth does. The split is drawn here,"
                + " with --seed.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ProbeData.options(true));
        options.add(Option.of(FRACTIONS, Option.Kind.TEXT, "shares of the rows not held out, at least two: a,b,c")
                .withDefault("0.1,0.2,0.35,0.5,0.75,1"));
        options.add(Option.of(
                        "grid",
                        Option.Kind.TEXT,
                        "values of C of the probes: low:high:count, evenly spaced in the logarithm, or a list a,b,c")
                .withDefault("1e-5,1e-4,1e-3,0.01,0.1,0.3,1,3,10,30,100"));
        options.add(Option.of(SUBSAMPLES, Option.Kind.INTEGER, "subsamples per fraction")
                .withDefault("5"));
        options.add(ProbeOptions.scaleFloor());
        return options;
    }

    @Override
    public String example() {
        return "verity probe accuracy --data examples/data/digits_3_vs_8.csv --label label --grid 1e-4,0.01,1 --subsamples 2";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ProbeData data = ProbeData.read(inputs, false).withoutSplit();
        AccuracyStructure structure = AccuracyStructure.withDefaults()
                .withFractions(Ranges.list(FRACTIONS, inputs.text(FRACTIONS)))
                .withC(ProbeOptions.grid(inputs.text("grid")))
                .withSubsamples(inputs.integer(SUBSAMPLES))
                .withSeed(ProbeOptions.seed(inputs))
                .with(ProbeOptions.fitting(inputs));
        int count = data.layers().layers();
        Outcome.Builder outcome =
                Outcome.of("probe-accuracy").data(data.facts()).options(inputs.effective());
        data.warnings().forEach(outcome::warning);
        List<String> lines = new ArrayList<>(List.of(data.describe()));
        List<Object> layers = new ArrayList<>();
        for (int layer = 0; layer < count; layer++) {
            inputs.progress().update("accuracy", layer, count);
            String name = data.layers().name(layer);
            AccuracyStructure.Result result = structure.assess(data.layers().load(layer), data.y());
            lines.add(count == 1 ? result.toString() : name + ": " + result);
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            if (count > 1) {
                entry.put("layer", name);
            }
            entry.putAll(map(result));
            layers.add(entry);
            if (count == 1) {
                entry.forEach(outcome::result);
            }
            outcome.table(Renamed.table(result.toTable(), name, count))
                    .figure(Renamed.figure(predicted(result), name, count));
        }
        if (count > 1) {
            outcome.result("layers", layers);
        }
        return outcome.summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), ProbeOptions.seed(inputs)));
    }

    private static Map<String, @Nullable Object> map(AccuracyStructure.Result result) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("medianSpearman", Outcome.orNull(result.medianSpearman()));
        map.put(
                "spearman",
                Arrays.stream(result.spearman()).mapToObj(Outcome::orNull).toList());
        map.put("gridC", result.c());
        map.put(FRACTIONS, result.fractions());
        map.put("trueAccuracy", List.of(result.trueAccuracy()));
        map.put("predictedAccuracy", List.of(result.predictedAccuracy()));
        return map;
    }

    /** Predicted against true accuracy, one point per C and fraction; on the line the two are equal. */
    private static Figure predicted(AccuracyStructure.Result result) {
        double[][] actual = result.trueAccuracy();
        double[][] predicted = result.predictedAccuracy();
        Figure.Builder figure = Figure.named(
                        "structure",
                        "Accuracy that the structure predicts",
                        Axis.linear("true accuracy on the held-out rows"),
                        Axis.linear("predicted accuracy"))
                .caption(
                        "Means over subsamples; one point for every C. Where the line passes through, both are equal; what the rank"
                                + " correlations ask for is that points to the right lie higher.");
        for (int f = 0; f < result.fractions().length; f++) {
            int at = f;
            figure.layer(
                    Mark.POINT,
                    "fraction " + Rounded.to(result.fractions()[f], 3),
                    Arrays.stream(actual).mapToDouble(row -> row[at]).toArray(),
                    Arrays.stream(predicted).mapToDouble(row -> row[at]).toArray());
        }
        double[] all = IntStream.range(0, actual.length)
                .mapToObj(c -> new double[][] {actual[c], predicted[c]})
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] ends = {
            Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1)
        };
        return figure.layer(Mark.LINE, "equal", ends, ends).build();
    }
}
