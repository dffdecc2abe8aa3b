package io.verity.papers.raptor;

import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Split;
import io.verity.estimators.states.LabelledTexts;
import io.verity.estimators.states.LayerSource;
import io.verity.estimators.states.TextModel;
import io.verity.estimators.states.TextStates;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Hidden states of the example texts, computed once for all claims of a run. Records on a model that is not on this machine are
 * skipped.
 */
final class RealLayers {
    static final String MODEL = "minilm-q";
    /** Seed of the draws inside estimators: these records describe one data set, one split and one set of subsets. */
    static final long DRAWS = 42;

    static final String LARGER_MODEL = "bge-small-q";
    private static final int GRID = 25;
    private static final double TOLERANCE = 1e-4; // gradient per row; one more Newton step follows

    private final Map<String, Set> known = new ConcurrentHashMap<>();

    /**
     * An example set with its states.
     *
     * @param model that made them
     * @param texts with labels, splits and groups
     * @param layers of the model
     */
    record Set(TextModel model, LabelledTexts texts, LayerSource layers) {
        Split split() {
            return Split.ofColumn(texts.splits());
        }

        /** Layers to look at: the first, the middle and the last at quick budget, all of them at full budget. */
        List<Integer> chosen(ClaimContext context) {
            int last = layers.layers() - 1;
            return context.full() ? IntStream.rangeClosed(0, last).boxed().toList() : List.of(0, last / 2, last);
        }
    }

    /**
     * @param models which the record needs
     * @param verification what to do when they are there
     * @return the verdict, or SKIPPED with what is missing
     */
    Verdict whenThere(List<String> models, Function<RealLayers, Verdict> verification) {
        for (String model : models) {
            Optional<String> missing = TextStates.of(model).unavailable();
            if (missing.isPresent()) {
                return Verdict.skipped("model " + model + " is not on this machine; " + missing.get());
            }
        }
        return verification.apply(this);
    }

    /** Models of a budget: the small one, and a larger one at full budget. */
    static List<String> models(ClaimContext context) {
        return context.full() ? List.of(MODEL, LARGER_MODEL) : List.of(MODEL);
    }

    Set states(String model, String set) {
        return known.computeIfAbsent(model + "/" + set, key -> {
            LabelledTexts texts = LabelledTexts.example(set);
            return new Set(
                    TextModel.named(model),
                    texts,
                    TextStates.of(model).of(texts.texts(), Map.of()).layers());
        });
    }

    /** The protocol with a grid of 25 penalties, as the expected figures were computed. */
    static Raptor raptor(ClaimContext context) {
        return Raptor.withDefaults()
                .withGrid(1e-4, 1e2, GRID)
                .with(RidgeLogistic.withDefaults().withTolerance(TOLERANCE))
                .with(context.backend())
                .withThreads(1);
    }
}
