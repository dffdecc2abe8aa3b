package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.DirectionFinder;
import io.verity.estimators.probe.Directions;
import io.verity.estimators.probe.Gcs;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Selection;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import java.util.List;

/** Direction finders by the names that options give them. */
final class Methods {
    static final String RAPTOR = "raptor";
    private static final String MEANS = "difference-of-means";
    private static final String STANDARDIZED_MEANS = "standardized-means";
    private static final String LDA = "lda";
    private static final String SVM = "svm";
    private static final String WEAK = "weak-ridge";
    private static final String KFOLD = "kfold";
    static final String GCS = "gcs";
    private static final double WEAK_C = 100;

    /** All of them, the tuned probe first. */
    static final List<String> NAMES = List.of(RAPTOR, MEANS, STANDARDIZED_MEANS, LDA, SVM, WEAK, KFOLD, GCS);

    private Methods() {}

    static Option option() {
        return Option.choice(
                "method", NAMES, RAPTOR, "what finds the direction; weak-ridge is C = 100, kfold cross-validates");
    }

    static List<Option> options() {
        return List.of(
                Option.of("shrinkage", Option.Kind.TEXT, "of lda: a number in [0, 1], or auto (Ledoit and Wolf)")
                        .withDefault("auto"),
                Option.of("svm-lambda", Option.Kind.NUMBER, "penalty of svm, in the sum unit")
                        .withDefault("1"),
                Option.of("gcs-probes", Option.Kind.INTEGER, "base probes of gcs")
                        .withDefault("1000"));
    }

    static DirectionFinder finder(String method, Raptor raptor, Inputs inputs) {
        return switch (method) {
            case MEANS -> Directions.differenceOfMeans();
            case STANDARDIZED_MEANS -> Directions.standardizedDifferenceOfMeans();
            case LDA ->
                inputs.text("shrinkage").equals("auto")
                        ? Directions.lda(inputs.backend())
                        : Directions.lda(inputs.number("shrinkage"), inputs.backend());
            case SVM -> Directions.squaredHinge(inputs.number("svm-lambda"), inputs.backend());
            case WEAK -> Directions.ridge(raptor, WEAK_C);
            case KFOLD -> Directions.tuned(raptor.with(Selection.KFOLD));
            case GCS -> Directions.gcs(gcs(raptor, inputs));
            default -> Directions.tuned(raptor);
        };
    }

    static Gcs gcs(Raptor raptor, Inputs inputs) {
        return Gcs.withDefaults()
                .withProbes(inputs.integer("gcs-probes"))
                .withSeed(ProbeOptions.seed(inputs))
                .with(raptor);
    }
}
