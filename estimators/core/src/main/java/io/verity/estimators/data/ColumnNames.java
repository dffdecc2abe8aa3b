package io.verity.estimators.data;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.util.List;

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

    /** 0-based position of the column that a reference means. */
    int position(String reference) {
        return names.indexOf(resolve(reference));
    }

    private String shown() {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + ", and " + (names.size() - SHOWN) + " more" : shown;
    }
}
