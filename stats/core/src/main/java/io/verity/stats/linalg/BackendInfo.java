package io.verity.stats.linalg;

/**
 * Which backend computed a result.
 *
 * @param id identifier used on the command line ({@code java}, {@code java-vector}, ...)
 * @param library name and version of the library behind it
 * @param device what it ran on
 * @param threads threads it may use
 * @param fp64 whether every operation is done in double precision
 * @param deterministic whether results are bit-identical for any number of threads and to backend {@code java}
 */
public record BackendInfo(String id, String library, String device, int threads, boolean fp64, boolean deterministic) {}
