package io.verity.stats.linalg.vector;

import jdk.incubator.vector.DoubleVector;

/** Asks for the machine's vectors without loading the kernels. */
public final class VectorWidth {
    private VectorWidth() {}

    /** @return number of doubles in the preferred vector */
    public static int lanes() {
        return DoubleVector.SPECIES_PREFERRED.length();
    }
}
