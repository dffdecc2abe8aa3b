package io.verity.reports.model;

import io.verity.simulations.claims.ClaimRecord;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * One claim in full, its negative controls beside it.
 *
 * @param claim the claim with its verdict
 * @param controls its negative controls with theirs
 * @param command the command that reproduces the verdict, seed included
 */
public record VerdictCard(ClaimRecord claim, List<ClaimRecord> controls, String command) implements Block {
    /** Copies the controls. */
    public VerdictCard {
        controls = List.copyOf(controls);
    }

    /** @return the claim and its controls */
    public List<ClaimRecord> records() {
        return Stream.concat(Stream.of(claim), controls.stream()).toList();
    }

    /** @return whether the claim and all its controls came out as expected */
    public boolean asExpected() {
        return records().stream().allMatch(ClaimRecord::asExpected);
    }

    @Override
    public List<ResultTable> tables() {
        return records().stream().flatMap(r -> r.verdict().tables().stream()).toList();
    }

    @Override
    public List<Figure> figures() {
        return records().stream().flatMap(r -> r.verdict().figures().stream()).toList();
    }
}
