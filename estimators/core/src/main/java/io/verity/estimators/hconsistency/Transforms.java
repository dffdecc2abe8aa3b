package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import java.util.Optional;

/** Which loss has which transform. */
public final class Transforms {
    private Transforms() {}

    /**
     * The transform that is known to bound a surrogate.
     *
     * @param surrogate loss and scores
     * @param classes number of classes K
     * @return the transform, or empty where none is known or none exists: Crammer-Singer and Weston-Watkins hinges with three
     *     or more classes, cross-entropy in a box with three or more classes, losses without a closed form
     * @throws IllegalArgumentException if a margin loss is asked for more than two classes
     */
    public static Optional<Transform> of(Surrogate surrogate, int classes) {
        if (surrogate instanceof CompSumSurrogate compSum) {
            return Optional.of(CompSumTransform.of(compSum.tau(), classes));
        }
        if (surrogate instanceof MarginSurrogate margin) {
            Arguments.require(classes == 2, "%s is a loss for 2 classes, not for %d", margin.name(), classes);
            return Optional.of(MarginTransform.of(margin.loss(), margin.bound()));
        }
        if (surrogate instanceof BoxSurrogate box) {
            return classes == 2 ? Optional.of(new BoxTransform(box.lambda(), 2)) : Optional.empty();
        }
        if (surrogate instanceof HingeSurrogate hinge) {
            return ofHinge(hinge.loss(), classes);
        }
        return Optional.empty();
    }

    private static Optional<Transform> ofHinge(MulticlassLoss loss, int classes) {
        if (loss instanceof ConstrainedHinge) {
            return Optional.of(new ConstrainedHingeTransform(classes));
        }
        // With two classes both are the binary hinge of h_y - h_other.
        boolean hinge = loss instanceof CrammerSingerHinge || loss instanceof WestonWatkinsHinge;
        return hinge && classes == 2
                ? Optional.of(MarginTransform.of(MarginLoss.HINGE, Double.POSITIVE_INFINITY))
                : Optional.empty();
    }
}
