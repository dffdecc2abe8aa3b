package io.verity.stats.result;

import org.jspecify.annotations.Nullable;

/**
 * How a result came about.
 *
 * @param version version of Verity
 * @param java version and vendor of the Java run time
 * @param os operating system, release and architecture
 * @param backend id of the matrix backend that did the products
 * @param seed master seed, or null where nothing is random
 */
public record Provenance(
        String version,
        String java,
        String os,
        String backend,
        @Nullable Long seed) {

    /** Version of this build of Verity. */
    public static final String VERSION = "0.1.0";

    /**
     * @param backend id of the matrix backend
     * @param seed master seed, or null where nothing is random
     * @return the provenance of a result computed here and now
     */
    public static Provenance here(String backend, @Nullable Long seed) {
        return new Provenance(
                VERSION,
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                backend,
                seed);
    }
}
