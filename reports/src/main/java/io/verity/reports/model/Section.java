package io.verity.reports.model;

import java.util.List;

/**
 * A part of a report under one heading.
 *
 * @param id unique in the report; letters, digits and hyphens, so that it serves as an anchor
 * @param title heading
 * @param blocks in reading order
 */
public record Section(String id, String title, List<Block> blocks) {
    /** Copies the blocks. */
    public Section {
        blocks = List.copyOf(blocks);
    }
}
