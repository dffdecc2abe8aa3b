package io.verity.reports.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.reports.Reports;
import io.verity.reports.Samples;
import io.verity.reports.model.Report;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    @Test
    void reportsSurviveTheRoundTripToTheLastBit() {
        for (Report report :
                List.of(Reports.ofVerification(Samples.verification(true, 13)), Samples.simulation(), Samples.fit())) {
            String json = ReportJson.write(report);
            assertThat(ReportJson.write(ReportJson.read(json))).isEqualTo(json);
        }
    }

    @Test
    void cellsKeepTheirTypes() {
        ResultTable table = ResultTable.named("t", "T")
                .integer("n", "N", "")
                .number("x", "X", "")
                .text("s", "S")
                .column(new ResultTable.Column("b", "B", "", ResultTable.Kind.BOOLEAN, null))
                .row(1L << 60, 1.0, "NaN", true)
                .row(null, Double.NaN, null, null)
                .row(3, Double.NEGATIVE_INFINITY, "", false)
                .row(0, 4.9e-324, "1", false)
                .note("n")
                .build();
        Figure figure = Figure.named("f", "F", Figure.Axis.linear("x"), Figure.Axis.log10("y"))
                .layer(Figure.Mark.LINE, "a", new double[] {1, Double.NaN}, new double[] {0.1, Double.POSITIVE_INFINITY
                })
                .build();
        Report read = ReportJson.read(ReportJson.write(Reports.ofFit(
                "fit",
                "",
                List.of(),
                Map.of(),
                List.of(table),
                List.of(figure),
                Map.of(),
                new Provenance("0", "17", "os", "java", null))));
        assertThat(read.tables()).containsExactly(table);
        Figure.Layer layer = read.figures().get(0).layers().get(0);
        assertThat(layer.x()).containsExactly(1, Double.NaN);
        assertThat(layer.y()).containsExactly(0.1, Double.POSITIVE_INFINITY);
        assertThat(layer.lower()).isNull();
    }

    @Test
    void anythingElseIsRefusedWithAReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportJson.read("{\"schema\":\"verity.verify/1\"}"))
                .withMessageContaining("verity.verify/1")
                .withMessageContaining("verity.report/1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportJson.read("{\"schema\":"))
                .withMessageStartingWith("not a report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportJson.read("{\"schema\":\"verity.report/1\",\"sections\":3}"))
                .withMessageStartingWith("not a report");
    }
}
