package io.verity.simulations.store;

import io.verity.stats.Arguments;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of one replicate.
 *
 * @param replicate number of the replicate within its condition, from 0
 * @param values value by metric; none is NaN
 */
public record StoredRow(long replicate, Map<String, Double> values) implements Serializable {
    /** Copies, keeping the order; negative zero becomes zero, so that every store gives back the same bits. */
    public StoredRow {
        Map<String, Double> copy = new LinkedHashMap<>(values);
        copy.replaceAll((metric, value) -> {
            Arguments.require(!value.isNaN(), "metric '%s' of a stored row is NaN", metric);
            return value + 0.0;
        });
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * @param metric name of a metric
     * @return its value
     * @throws IllegalArgumentException if the replicate has no such metric
     */
    public double value(String metric) {
        Double value = values.get(metric);
        if (value == null) {
            throw new IllegalArgumentException(
                    "replicate " + replicate + " has no metric '" + metric + "', but " + values.keySet());
        }
        return value;
    }
}
