package io.verity.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.verity.reports.Samples;
import io.verity.stats.result.ResultTable;
import org.junit.jupiter.api.Test;

class CsvTextTest {
    @Test
    void tablesKeepEveryDigitAndLeaveMissingCellsEmpty() {
        ResultTable table = ResultTable.named("t", "T")
                .text("name", "Name")
                .number("x", "X", "s")
                .row("a,\"b\"\nc", 0.1 + 0.2)
                .row(null, Double.POSITIVE_INFINITY)
                .row("NA", Double.NaN)
                .build();
        assertThat(CsvText.of(table)).isEqualTo("name,x\n\"a,\"\"b\"\"\nc\",0.30000000000000004\n,inf\nNA,NaN\n");
    }

    @Test
    void figuresHaveOneRowPerPoint() {
        var rows = CsvReader.builder().ofCsvRecord(CsvText.of(Samples.hostileFigure())).stream()
                .map(r -> r.getFields())
                .toList();
        assertThat(rows).hasSize(7);
        assertThat(rows.get(0)).containsExactly("panel", "series", "mark", "x", "y", "lower", "upper");
        assertThat(rows.get(5)).containsExactly("", "=HYPERLINK(\"x\"),\n\"quoted\"", "point", "2.0", "NaN", "", "");
    }
}
