package io.verity.benchmarks;

import java.util.function.IntToDoubleFunction;

/**
 * A named workload that a peer runs as well.
 *
 * @param name the name both sides know
 * @param size iterations (or repeats) of one run
 * @param target the ratio peer time / our time that must be reached
 * @param checksumTolerance relative difference of the checksums that rounding explains
 * @param run runs the workload with the given size and returns its checksum
 */
record Workload(String name, int size, double target, double checksumTolerance, IntToDoubleFunction run) {}
