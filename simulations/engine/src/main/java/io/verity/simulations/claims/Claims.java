package io.verity.simulations.claims;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a claim is written down.
 *
 * <pre>{@code
 * List<Claim> claims = Claims.inOrder(
 *         Claims.claim("large-step/LS-05")
 *                 .from(TYURIN.at("Theorem 5.1"))
 *                 .title("Batch perceptron needs linearly many steps")
 *                 .states("On worst(n) the batch perceptron separates after \\(\\lfloor(3n+2)/10\\rfloor+1\\) steps.")
 *                 .verifiedBy(this::batchPerceptronSteps)
 *                 .control("The same count for the normalised perceptron", "...", this::normalisedSteps),
 *         Claims.claim("large-step/LS-06")...);
 * }</pre>
 */
public final class Claims {
    private Claims() {}

    /**
     * @param id paper and id in the paper's specification, {@code "large-step/LS-05"}
     * @return a claim of which nothing but the id is known yet
     * @throws IllegalArgumentException if the id does not look like {@code paper/name}
     */
    public static ClaimBuilder claim(String id) {
        return new ClaimBuilder(ClaimId.parse(id));
    }

    /**
     * @param builders finished descriptions, in the order of the registry
     * @return each claim followed by its controls
     * @throws IllegalArgumentException if a description lacks something
     */
    public static List<Claim> inOrder(ClaimBuilder... builders) {
        return Stream.of(builders).flatMap(b -> b.build().stream()).toList();
    }
}
