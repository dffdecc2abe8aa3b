package io.verity.estimators.procedures;

import io.verity.stats.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of a procedure.
 *
 * @param name without the leading dashes
 * @param kind what its value is
 * @param choices the words allowed, for {@link Kind#CHOICE}; else empty
 * @param defaultValue the value when the option is absent, or null when then there is none
 * @param required whether it must be given
 * @param help one line, without a full stop
 */
public record Option(
        String name,
        Kind kind,
        List<String> choices,
        @Nullable String defaultValue,
        boolean required,
        String help) {

    /** What the value of an option is. */
    public enum Kind {
        /** A real number in the C locale. */
        NUMBER,
        /** A whole number. */
        INTEGER,
        /** Any text. */
        TEXT,
        /** Texts separated by commas; the option may also be repeated, which joins its texts with commas. */
        LIST,
        /** Present or absent, without a value. */
        FLAG,
        /** One of a few words. */
        CHOICE,
        /** The path of a file. */
        FILE
    }

    /** Checks that choices come with {@link Kind#CHOICE} alone, and copies. */
    public Option {
        choices = List.copyOf(choices);
        Arguments.require(
                (kind == Kind.CHOICE) != choices.isEmpty(), "option %s: choices go with the kind CHOICE alone", name);
    }

    /**
     * @param name without dashes
     * @param kind what its value is
     * @param help one line
     * @return an optional option without a default
     */
    public static Option of(String name, Kind kind, String help) {
        return new Option(name, kind, List.of(), null, false, help);
    }

    /** @return {@code data}: a file of labelled rows */
    public static Option labelledRows() {
        return required(
                "data",
                Kind.FILE,
                "CSV file with a header row (perhaps gzipped), or .npy matrix (columns x1, x2, ...)");
    }

    /** @return {@code label}: the column of the labels */
    public static Option label() {
        return required("label", Kind.TEXT, "column of the label, numbers or any text: name or 1-based position");
    }

    /** @return {@code features}: the columns of the features */
    public static Option featureColumns() {
        return of(
                "features", Kind.TEXT, "feature columns: a,b,c or 3-12 (1-based); default: every other numeric column");
    }

    /** @return {@code sep}: how the cells of a file are separated */
    public static Option separator() {
        return of("sep", Kind.TEXT, "separator of the cells: one character or 'tab'")
                .withDefault(",");
    }

    /** @return {@code drop-missing}: what is done with rows that lack a value */
    public static Option dropMissing() {
        return flag("drop-missing", "leave out rows with a missing value instead of refusing them");
    }

    /**
     * @param name without dashes
     * @param kind what its value is
     * @param help one line
     * @return an option that must be given
     */
    public static Option required(String name, Kind kind, String help) {
        return new Option(name, kind, List.of(), null, true, help);
    }

    /**
     * @param name without dashes
     * @param help one line
     * @return an option without a value
     */
    public static Option flag(String name, String help) {
        return new Option(name, Kind.FLAG, List.of(), null, false, help);
    }

    /**
     * @param name without dashes
     * @param choices the words allowed
     * @param defaultValue one of them, or null
     * @param help one line
     * @return an option whose value is one of a few words
     */
    public static Option choice(String name, List<String> choices, @Nullable String defaultValue, String help) {
        return new Option(name, Kind.CHOICE, choices, defaultValue, false, help);
    }

    /**
     * @param value the value when the option is absent
     * @return this option with that default
     */
    public Option withDefault(String value) {
        return new Option(name, kind, choices, value, required, help);
    }
}
