package io.verity.simulations.studies;

import java.time.Instant;

/**
 * What may differ between two runs of the same work.
 *
 * @param engine id of the executor
 * @param threads units that ran at once
 * @param started when the run started
 * @param seconds wall-clock time of this run
 */
public record Execution(String engine, int threads, Instant started, double seconds) {}
