package io.verity.simulations.claims;

import io.verity.stats.Arguments;

/**
 * Names a claim: the paper, then the id in the paper's specification ({@code large-step/LS-01}).
 *
 * @param paper short name of the paper
 * @param name id within the paper
 */
public record ClaimId(String paper, String name) {
    /**
     * @param text {@code paper/name}
     * @return the id
     */
    public static ClaimId parse(String text) {
        int slash = text.indexOf('/');
        Arguments.require(
                slash > 0 && slash < text.length() - 1, "claim id must look like paper/name, but is \"%s\"", text);
        return new ClaimId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return paper + "/" + name;
    }
}
