package io.verity.reports.model;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;

/**
 * A report as data.
 *
 * @param title heading
 * @param subtitle one line under it: what came out
 * @param sections in reading order
 * @param provenance how the results came about
 */
public record Report(String title, String subtitle, List<Section> sections, Provenance provenance) {
    /** Copies the sections. */
    public Report {
        sections = List.copyOf(sections);
    }

    /** @return every table, in reading order */
    public List<ResultTable> tables() {
        return sections.stream()
                .flatMap(s -> s.blocks().stream())
                .flatMap(b -> b.tables().stream())
                .toList();
    }

    /** @return every figure, in reading order */
    public List<Figure> figures() {
        return sections.stream()
                .flatMap(s -> s.blocks().stream())
                .flatMap(b -> b.figures().stream())
                .toList();
    }
}
