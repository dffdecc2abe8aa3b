package io.verity.estimators.data;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a file's columns, and how users refer to them.
 *
 * @param file as it was given
 * @param names in file order
 */
record ColumnNames(String file, List<String> names) {
    private static final int SHOWN = 12;

    /** The name that a reference means: a name, or a 1-based position where no column has that name. */
    String resolve(String reference) {
        if (names.contains(reference)) {
            return reference;
        }
        if (reference.matches("[0-9]{1,9}")) {
            int position = Integer.parseInt(reference);
            Arguments.require(
                    position >= 1 && position <= names.size(),
                    "%s has columns 1 to %d, but column %s was asked for",
                    file,
                    names.size(),
                    reference);
            return names.get(position - 1);
        }
        throw new IllegalArgumentException("no column '" + reference + "' in " + file
                + Names.nearest(reference, names)
                        .map(n -> "; did you mean '" + n + "'?")
                        .orElse("")
                + " (columns: " + shown() + ")");
    }

    /** Whether a reference means a column. */
    boolean has(String reference) {
        return names.contains(reference)
                || (reference.matches("[0-9]{1,9}")
                        && Integer.parseInt(reference) >= 1
                        && Integer.parseInt(reference) <= names.size());
    }

    /** The columns of names and 1-based positions or ranges of positions, separated by commas, in that order. */
    List<String> select(String selection) {
        Set<String> selected = new LinkedHashSet<>();
        for (String part : selection.split(",", -1)) {
            String reference = part.strip();
            boolean range = !names.contains(reference) && reference.matches("[0-9]{1,9}-[0-9]{1,9}");
            for (String name : range ? range(reference) : List.of(resolve(reference))) {
                Arguments.require(selected.add(name), "column '%s' is selected twice in '%s'", name, selection);
            }
        }
        return new ArrayList<>(selected);
    }

    private List<String> range(String reference) {
        int dash = reference.indexOf('-');
        int from = Integer.parseInt(reference.substring(0, dash));
        int to = Integer.parseInt(reference.substring(dash + 1));
        Arguments.require(
                from >= 1 && from <= to && to <= names.size(),
                "the range %s does not lie within the columns 1 to %d of %s",
                reference,
                names.size(),
                file);
        return names.subList(from - 1, to);
    }

    /** 0-based position of the column that a reference means. */
    int position(String reference) {
        return names.indexOf(resolve(reference));
    }

    private String shown() {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + ", and " + (names.size() - SHOWN) + " more" : shown;
    }
}
