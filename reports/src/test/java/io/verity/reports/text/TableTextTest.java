package io.verity.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.stats.result.ResultTable;
import io.verity.stats.result.ResultTable.Column;
import io.verity.stats.result.ResultTable.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTextTest {
    private static List<String> shown(double... values) {
        ResultTable.Builder table = ResultTable.named("t", "T").number("x", "X", "");
        for (double value : values) {
            table.row(value);
        }
        return TableText.cells(table.build()).stream().map(row -> row.get(0)).toList();
    }

    @Test
    void aColumnWithStandardErrorsIsRoundedByThemAndSoAreTheErrors() {
        ResultTable table = ResultTable.named("t", "T")
                .column(new Column("mean", "Mean", "s", Kind.NUMBER, "mcse"))
                .number("mcse", "MCSE", "s")
                .row(2777.3491, 12.345)
                .row(0.0123456, 0.00021)
                .row(1.23456789, null)
                .build();
        assertThat(TableText.cells(table))
                .containsExactly(List.of("2777", "12"), List.of("0.01235", "0.00021"), List.of("1.23457", "–"));
        assertThat(TableText.heading(table.columns().get(0))).isEqualTo("Mean (s)");
        assertThat(TableText.numeric(table.columns().get(0))).isTrue();
    }

    @Test
    void numbersOfOneSizeShareTheirDecimals() {
        assertThat(shown(1.5, 22.25, 0.125)).containsExactly("1.500", "22.250", "0.125");
        assertThat(shown(3, 10, 200)).containsExactly("3", "10", "200");
        assertThat(shown(0, 0)).containsExactly("0", "0");
    }

    @Test
    void numbersOfVeryDifferentSizesKeepTheirOwnDecimals() {
        assertThat(shown(0.01, 1, 10000)).containsExactly("0.01", "1", "10000");
        assertThat(shown(1e-9, 0.5)).containsExactly("1e-9", "0.5");
        assertThat(shown(Double.NaN, 0.5, Double.NEGATIVE_INFINITY)).containsExactly("NaN", "0.5", "-inf");
    }
}
