package io.verity.simulations.claims;

import java.util.List;

/** A paper with its claims; found through {@link java.util.ServiceLoader}. */
public interface Paper {
    /** @return short name, the first part of its claims' ids */
    String name();

    /** @return title of the paper */
    String title();

    /** @return authors and identifier, in one line */
    String citation();

    /** @return claims and their negative controls, each control right after its claim */
    List<Claim> claims();
}
