package io.verity.reports;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a report can be rendered to. */
public enum Format {
    /** {@code report.html}: one file that needs nothing else. */
    HTML,
    /** {@code report.md} with the figures as SVG files. */
    MD,
    /** {@code report.tex}, a complete document that draws its figures itself. */
    TEX,
    /** One CSV file per table and per figure. */
    CSV,
    /** {@code report.json}: the report itself, from which the other formats can be made again. */
    JSON;

    /** @return its name in commands */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param list names separated by commas ({@code html,csv}), in any case
     * @return the formats
     * @throws IllegalArgumentException naming the formats there are, if one is unknown or none is given
     */
    public static Set<Format> parse(String list) {
        Set<Format> result = EnumSet.noneOf(Format.class);
        for (String name : list.split(",")) {
            String wanted = name.strip();
            result.add(Arrays.stream(values())
                    .filter(f -> f.key().equalsIgnoreCase(wanted))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("unknown format \"" + wanted + "\", expected some of "
                                    + Arrays.stream(values()).map(Format::key).collect(Collectors.joining(",")))));
        }
        return result;
    }
}
