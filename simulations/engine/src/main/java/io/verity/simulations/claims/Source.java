package io.verity.simulations.claims;

/**
 * Where a statement comes from.
 *
 * @param authors authors, as cited
 * @param title title of the paper
 * @param identifier arXiv id or DOI ({@code arXiv 2412.08424})
 * @param place theorem, equation, figure or table ({@code Theorem 5.1}); for a derived statement, what it strengthens
 * @param derived true when the statement (or its constants) was derived for this project and is not the paper's own
 */
public record Source(String authors, String title, String identifier, String place, boolean derived) {
    /** @return the source in one line, as reports and JSON print it */
    public String citation() {
        return identifier + ", " + place + (derived ? " (derived)" : "");
    }
}
