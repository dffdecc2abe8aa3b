package io.verity.simulations.studies;

import io.verity.stats.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one replicate reports: a value per metric. Infinite values are kept (a censored time is {@code +Infinity}); NaN makes
 * the replicate a failure. Negative zero becomes zero, so that every store gives back the same bits.
 */
public final class Row {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Makes an empty row. */
    public Row() {}

    /**
     * @param metric name of a metric
     * @param value its value
     * @return a row with that value
     */
    public static Row of(String metric, double value) {
        return new Row().put(metric, value);
    }

    /**
     * @param metric name of a metric
     * @param value its value
     * @return this row
     * @throws IllegalArgumentException if the metric has a value already
     */
    public Row put(String metric, double value) {
        Double earlier = values.putIfAbsent(metric, value + 0.0);
        Arguments.require(earlier == null, "metric '%s' was put twice: %s, then %s", metric, earlier, value);
        return this;
    }

    /**
     * A point of a trajectory, stored as {@code metric@at}.
     *
     * @param metric name of a trajectory metric
     * @param at where on the trajectory, finite
     * @param value its value there
     * @return this row
     */
    public Row put(String metric, double at, double value) {
        return put(metric + "@" + Numbers.text(Arguments.finite("position on trajectory " + metric, at)), value);
    }

    /**
     * @param metric {@code name} or {@code name@at}
     * @return its value
     * @throws IllegalArgumentException if the row has no such metric
     */
    public double value(String metric) {
        Double value = values.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("the row has no metric '" + metric + "', but " + values.keySet());
        }
        return value;
    }

    /** @return the values by metric, in the order in which they were put */
    public Map<String, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && values.equals(row.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
