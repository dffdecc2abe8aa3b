package io.verity.benchmarks;

/** Who runs the same workloads: a process here and now, or a record of one. */
@FunctionalInterface
interface Opponent {
    /** Runs a workload once. */
    Timing run(String workload, int size);
}
