package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a column of a file turned out to hold while its cells went by. */
final class ColumnFacts {
    final String name;
    private Column.@Nullable Cell firstText;
    private Column.@Nullable Cell firstNonFinite;
    private Column.@Nullable Cell firstMissing;
    private long numbers;
    private long texts;
    private long missing;
    private boolean missingNow;

    ColumnFacts(String name) {
        this.name = name;
    }

    /** The number in a stripped cell; 0 where it is none. */
    double value(String cell, long row, long line) {
        missingNow = false;
        if (Numbers.isMissing(cell)) {
            if (firstText == null) {
                missingNow = true;
                missing++;
                firstMissing = firstMissing == null ? new Column.Cell(row, line, cell) : firstMissing;
            }
            return 0;
        }
        double value = Numbers.parse(cell);
        if (Double.isFinite(value)) {
            numbers++;
            return firstText == null ? value : 0;
        }
        if (Numbers.isNonFinite(cell)) {
            numbers++;
            firstNonFinite = firstNonFinite == null ? new Column.Cell(row, line, cell) : firstNonFinite;
        } else {
            texts++;
            firstText = firstText == null ? new Column.Cell(row, line, cell) : firstText;
        }
        return 0;
    }

    /** Whether the last cell was missing in what still is a column of numbers. */
    boolean wasMissing() {
        return missingNow;
    }

    /** Whether this is a column of numbers; complains about what a column in use must not hold. */
    boolean isUsed(Path path, boolean chosen, boolean dropMissing) {
        Column.Cell text = firstText;
        if (text != null) {
            if (chosen || numbers > texts) {
                throw new IllegalArgumentException(
                        "'" + text.text() + "' in " + text.place(name) + " of " + path + " is not a number");
            }
            Arguments.require(
                    missing == 0,
                    "column '%s' of %s holds text, but that shows only after a missing cell: name the columns to use by --features",
                    name,
                    path);
            return false;
        }
        Column.Cell bad = firstNonFinite;
        if (bad != null) {
            throw new IllegalArgumentException(
                    "'" + bad.text() + "' in " + bad.place(name) + " of " + path + " is not a finite number");
        }
        Column.Cell hole = firstMissing;
        if (hole != null && !dropMissing) {
            throw new IllegalArgumentException("missing value in " + hole.place(name) + " of " + path + " (" + missing
                    + (missing == 1 ? " cell of the column is" : " cells of the column are")
                    + " missing; --drop-missing leaves such rows out)");
        }
        return true;
    }
}
