package io.verity.benchmarks;

import java.util.function.DoubleSupplier;

/**
 * One run of a workload.
 *
 * @param seconds wall time
 * @param checksum number that tells whether the same work was done
 */
record Timing(double seconds, double checksum) {
    static Timing of(DoubleSupplier workload) {
        long start = System.nanoTime();
        double checksum = workload.getAsDouble();
        return new Timing((System.nanoTime() - start) * 1e-9, checksum);
    }
}
