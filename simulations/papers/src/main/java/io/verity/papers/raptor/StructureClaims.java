package io.verity.papers.raptor;

import io.verity.estimators.probe.AccuracyStructure;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** R11: whether the structure of the Gaussian theory predicts accuracies on real states. */
final class StructureClaims {
    private static final double C = .01;
    private static final double LOWEST = .5;

    private final RealLayers real;

    StructureClaims(RealLayers real) {
        this.real = real;
    }

    /** A layer of a model on a set. */
    private record Setting(String model, String set, int layer) {}

    ClaimBuilder plugIn() {
        return Claims.claim("raptor/R11")
                .from(Sources.RAPTOR.at(
                        "accuracy structure on real embeddings; published median 0.86 over 12 settings"))
                .title("A Gaussian formula predicts accuracy on real layers")
                .states(
                        "The rank correlation over six training fractions between the accuracy of a probe (C = 0.01) and the accuracy that"
                                + " a normal law of its score given a good model's logit predicts is above 0.5 (MiniLM, sentiment, one"
                                + " layer, 2 subsamples; at full budget the median of 12 settings with 5 subsamples).")
                .assuming("assumptions", "a fifth of the rows held out; descriptive")
                .verifiedBy(context -> real.whenThere(RealLayers.models(context), layers -> correlate(context)));
    }

    private static List<Setting> settings(ClaimContext context) {
        if (!context.full()) {
            return List.of(new Setting(RealLayers.MODEL, "sentiment", 3));
        }
        List<Setting> settings = new ArrayList<>();
        for (String set : List.of("sentiment", "facts")) {
            for (int layer : new int[] {0, 3, 6}) {
                settings.add(new Setting(RealLayers.MODEL, set, layer));
                settings.add(new Setting(RealLayers.LARGER_MODEL, set, 2 * layer));
            }
        }
        return settings;
    }

    private Verdict correlate(ClaimContext context) {
        List<Setting> settings = settings(context);
        AccuracyStructure structure = AccuracyStructure.withDefaults()
                .withC(C)
                .withSubsamples(context.full() ? 5 : 2)
                .withSeed(RealLayers.DRAWS)
                .with(RealLayers.raptor(context));
        List<AccuracyStructure.Result> results = context.map(settings, s -> {
            RealLayers.Set states = real.states(s.model(), s.set());
            return structure.assess(
                    states.layers().load(s.layer()), states.texts().labels());
        });
        double[] correlations = results.stream()
                .mapToDouble(AccuracyStructure.Result::medianSpearman)
                .toArray();
        double[] sorted = correlations.clone();
        Arrays.sort(sorted);
        double median = .5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
        ResultTable.Builder table = ResultTable.named("layers", "Accuracy, true and predicted, by training fraction")
                .text("setting", "model, set, layer")
                .number("fraction", "fraction", "")
                .number("true", "true accuracy", "")
                .number("predicted", "predicted accuracy", "")
                .number("correlation", "rank correlation", "");
        for (int k = 0; k < settings.size(); k++) {
            AccuracyStructure.Result result = results.get(k);
            Setting s = settings.get(k);
            for (int f = 0; f < result.fractions().length; f++) {
                table.row(
                        s.model() + ", " + s.set() + ", layer " + s.layer(),
                        result.fractions()[f],
                        result.trueAccuracy()[0][f],
                        result.predictedAccuracy()[0][f],
                        correlations[k]);
            }
        }
        return Always.of("rank correlation")
                .above("median of " + settings.size() + " settings", median, LOWEST)
                .statistic("rank correlation of true and predicted accuracy", median)
                .target(LOWEST)
                .assumption("settings", Numbers.text(settings.size()))
                .note(Cell.DESCRIPTIVE)
                .note("six fractions: a correlation of unrelated rankings exceeds 0.5 with probability 0.15")
                .table(table.build())
                .verdict();
    }
}
