package io.verity.simulations.studies;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A condition in its study's grid.
 *
 * @param index position in the grid, from 0
 * @param value the condition itself
 * @param factors its components by name: {@code Long}, {@code Double}, {@code Boolean} or {@code String} (also for enums)
 * @param cell stable hash of the factors, which does not depend on the rest of the grid
 * @param <C> record type of the conditions
 */
public record Condition<C extends Record>(int index, C value, Map<String, Object> factors, long cell) {
    /** Copies, keeping the order. */
    public Condition {
        factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    }

    /** @return {@code n=10, effect=0.5} */
    public String label() {
        return factors.entrySet().stream()
                .map(e -> e.getKey() + "=" + (e.getValue() instanceof Double d ? Numbers.text(d) : e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
