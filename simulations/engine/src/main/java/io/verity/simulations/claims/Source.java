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

    /**
     * @param elsewhere another theorem, equation or figure of the same paper
     * @return the paper's own statement at that place
     */
    public Source at(String elsewhere) {
        return new Source(authors, title, identifier, elsewhere, false);
    }

    /**
     * @param strengthened what the derived statement strengthens or completes
     * @return a statement derived for this project, which the paper does not make
     */
    public Source derivedFrom(String strengthened) {
        return new Source(authors, title, identifier, strengthened, true);
    }
}
