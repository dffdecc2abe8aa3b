package io.verity.simulations.studies;

import java.io.Serializable;

/**
 * A unit of work: consecutive replicates of one condition, which never cross a multiple of the study's chunk size.
 *
 * @param condition index of the condition
 * @param from first replicate
 * @param to one past the last replicate
 */
public record Unit(int condition, long from, long to) implements Serializable {
    /** @return number of replicates */
    public long size() {
        return to - from;
    }
}
