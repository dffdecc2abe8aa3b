package io.verity.reports.model;

import io.verity.reports.text.Fact;
import io.verity.reports.text.Numbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named facts.
 *
 * @param title heading, empty for none
 * @param entries in reading order
 */
public record KeyValues(String title, List<Fact> entries) implements Block {

    /** Copies the entries. */
    public KeyValues {
        entries = List.copyOf(entries);
    }

    /**
     * @param title heading, empty for none
     * @param values names to values, in the map's order: numbers are rounded for reading, null is an en dash, anything else
     *     is its text
     * @return the facts
     */
    public static KeyValues of(String title, Map<String, ? extends @Nullable Object> values) {
        return new KeyValues(
                title,
                values.entrySet().stream()
                        .map(e -> new Fact(e.getKey(), Numbers.any(e.getValue())))
                        .toList());
    }
}
