package io.verity.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.stats.result.ResultTable;
import io.verity.stats.result.ResultTable.Column;
import io.verity.stats.result.ResultTable.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

class TablesTest {
    @Test
    void cellsKeepTypesAndMissingValues() {
        Table table = Tables.of(ResultTable.named("runs", "Runs")
                .text("name", "Name")
                .integer("n", "N", "")
                .number("x", "X", "s")
                .column(new Column("ok", "OK", "", Kind.BOOLEAN, null))
                .row("a", 1L << 60, 0.1, true)
                .row(null, null, null, null)
                .build());
        assertThat(table.name()).isEqualTo("runs");
        assertThat(table.columnNames()).containsExactly("name", "n", "x", "ok");
        assertThat(table.types())
                .containsExactly(ColumnType.STRING, ColumnType.LONG, ColumnType.DOUBLE, ColumnType.BOOLEAN);
        assertThat(table.longColumn("n").getLong(0)).isEqualTo(1L << 60);
        assertThat(table.doubleColumn("x").getDouble(0)).isEqualTo(0.1);
        assertThat(table.columns()).allMatch(c -> !c.isMissing(0) && c.isMissing(1));
        assertThat(table.doubleColumn("x").mean()).isEqualTo(0.1);
    }

    @Test
    void aCellOfTheWrongKindIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.of(ResultTable.named("runs", "Runs")
                        .integer("n", "N", "")
                        .row(1)
                        .row("two")
                        .build()))
                .withMessage("table runs, row 2, column n: two is not of the kind INTEGER");
    }

    /** Which keeps Tablesaw's classes unloaded, and the drawing library replaceable. */
    @Test
    void oneClassKnowsTablesawAndOnePackageTheDrawingLibrary() throws Exception {
        Path classes = Path.of(
                Tables.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(mentioning(classes, "tech/tablesaw")).containsExactly("io/verity/reports/Tables.class");
        assertThat(mentioning(classes, "org/jetbrains")).containsExactly("io/verity/reports/figures/FigureSvg.class");
    }

    private static List<String> mentioning(Path classes, String text) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(f -> f.toString().endsWith(".class"))
                    .filter(f -> read(f).contains(text))
                    .map(f -> classes.relativize(f).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
