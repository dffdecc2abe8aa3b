package io.verity.estimators.procedures.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.EstimationException;
import io.verity.stats.result.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on files, as a command line calls them. */
class RdProceduresTest {
    private static final String FOLDER = "/io/verity/estimators/rd/";

    @TempDir
    Path folder;

    private Path senate() throws IOException {
        Path file = folder.resolve("senate.csv");
        if (!Files.exists(file)) {
            try (InputStream in = getClass().getResourceAsStream(FOLDER + "senate.csv")) {
                Files.copy(in, file);
            }
        }
        return file;
    }

    private Outcome onSenate(Procedure procedure, String... more) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("data", senate().toString(), "y", "vote", "x", "margin", "drop-missing", "true"));
        all.addAll(List.of(more));
        return Commands.run(procedure, all.toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Outcome outcome, String key) {
        return (Map<String, Object>) outcome.result().get(key);
    }

    private static double number(Outcome outcome, String key, String field) {
        return (double) map(outcome, key).get(field);
    }

    @Test
    void proceduresAreFoundByTheirWords() {
        assertThat(Procedure.all())
                .extracting(p -> String.join(" ", p.command()))
                .contains("fit rd", "rd density", "rd plot", "rd placebo", "rd sensitivity");
    }

    /** Every golden call of rdrobust that options can express, through the options. */
    @Test
    void optionsReachTheNumbersOfRdrobust() throws IOException {
        JsonNode golden = GoldenJson.read(getClass(), FOLDER + "rdrobust_senate.json");
        Map<String, String> names = Map.of("c", "cutoff", "fuzzy", "treat");
        Map<String, String> values = Map.of("epa", "epanechnikov", "uni", "uniform", "90", "0.90");
        for (JsonNode c : golden.get("cases")) {
            List<String> options = new ArrayList<>();
            c.get("args").properties().forEach(arg -> {
                options.add(names.getOrDefault(arg.getKey(), arg.getKey()));
                String text = arg.getValue().asText();
                options.add(values.getOrDefault(text, text));
            });
            Outcome outcome = onSenate(new FitRd(), options.toArray(String[]::new));
            Percentage close = Percentage.withPercentage(1e-6);
            assertThat(number(outcome, "robust", "estimate"))
                    .as(options.toString())
                    .isCloseTo(c.get("coef").get("robust").asDouble(), close);
            assertThat(number(outcome, "robust", "se"))
                    .as(options.toString())
                    .isCloseTo(c.get("se").get("robust").asDouble(), close);
            assertThat(number(outcome, "conventional", "upper"))
                    .isCloseTo(c.get("ci").get(0).get(1).asDouble(), close);
            assertThat(number(outcome, "h", "left")).isCloseTo(c.get("h").get(0).asDouble(), close);
            assertThat(number(outcome, "b", "right"))
                    .isCloseTo(c.get("b").get(1).asDouble(), close);
            assertThat(map(outcome, "n"))
                    .containsEntry("effectiveLeft", c.get("N_h").get(0).asLong());
            if (c.has("first_stage")) {
                assertThat(number(outcome, "firstStage", "estimate"))
                        .isCloseTo(c.get("first_stage").get("coef").get(0).asDouble(), close);
            }
        }
    }

    @Test
    void fitHasEveryRequiredKeyTablesAndThePlot() throws IOException {
        Outcome outcome = onSenate(new FitRd(), "cutoff", "0");
        assertThat(outcome.result())
                .containsKeys("h", "b", "conventional", "biasCorrected", "robust", "n", "firstStage")
                .containsEntry("firstStage", null);
        assertThat(outcome.notes()).containsKey("firstStage");
        assertThat(map(outcome, "robust")).containsOnlyKeys("estimate", "se", "z", "p", "lower", "upper");
        assertThat(map(outcome, "n"))
                .containsEntry("left", 595L)
                .containsEntry("right", 702L)
                .containsEntry("effectiveRight", 323L);
        assertThat(outcome.figures()).extracting(Figure::name).containsExactly("rd-plot");
        assertThat(outcome.tables()).hasSize(3);
        assertThat(outcome.summary()).contains("robust").contains("7.50650");
        assertThat(outcome.diagnostics().warnings()).containsExactly("93 rows with missing values left out");
        assertThat(outcome.data()).containsEntry("droppedRows", 93L).containsEntry("columns", 6L);
    }

    @Test
    void covariatesAreBalancedOrNamed() throws IOException {
        Outcome outcome = onSenate(new FitRd(), "covs", "year,state,T");
        List<?> balance = (List<?>) outcome.result().get("balance");
        assertThat(balance).hasSize(3).asString().contains("holm=").contains("name=year");
        assertThat(outcome.diagnostics().warnings())
                .anyMatch(w -> w.contains("covariates that jump") && w.endsWith("T"));
    }

    @Test
    void equalWeightsChangeNothing() throws IOException {
        String text = Files.readString(senate(), StandardCharsets.UTF_8);
        Path weighted = Files.writeString(
                folder.resolve("weighted.csv"),
                text.replaceFirst("\n", ",w\n").replaceAll("(\\d)\n", "$1,2.5\n"),
                StandardCharsets.UTF_8);
        Outcome outcome = Commands.run(
                new FitRd(),
                "data",
                weighted.toString(),
                "y",
                "vote",
                "x",
                "margin",
                "weight",
                "w",
                "drop-missing",
                "true");
        assertThat(number(outcome, "robust", "se")).isCloseTo(1.7412584146, within(1e-8));
        assertThat(number(outcome, "h", "left")).isCloseTo(17.7543972212, within(1e-8));
    }

    @Test
    void densityOfTheSenateMarginsDoesNotJump() throws IOException {
        Outcome outcome = Commands.run(new RdDensity(), "data", senate().toString(), "x", "margin");
        assertThat((double) outcome.result().get("pValue")).isBetween(0.1, 0.9);
        assertThat(outcome.result()).containsKeys("statistic", "left", "right", "difference", "h", "effective");
        assertThat(outcome.figures()).hasSize(1);
        Figure.Layer histogram = outcome.figures().get(0).layers().get(0);
        double width = histogram.x()[1] - histogram.x()[0];
        double area = 0;
        for (double density : histogram.y()) {
            area += width * density;
        }
        assertThat(area).isCloseTo(1, within(1e-9));
    }

    @Test
    void plotHasChosenOrGivenBins() throws IOException {
        Path file = senate();
        String[] common = {"data", file.toString(), "y", "vote", "x", "margin", "drop-missing", "true"};
        assertThat(map(Commands.run(new RdPlotCommand(), common), "left")).containsEntry("bins", 15L);
        List<String> given = new ArrayList<>(List.of(common));
        given.addAll(List.of("nbins", "4,6", "binselect", "quantile-imse"));
        Outcome outcome = Commands.run(new RdPlotCommand(), given.toArray(String[]::new));
        assertThat(map(outcome, "right")).containsEntry("bins", 6L);
        assertThat((double[]) map(outcome, "right").get("mean")).hasSize(6);
        assertThat(outcome.figures()).hasSize(1);
    }

    @Test
    void placeboAndSensitivityAreSeriesOfFits() throws IOException {
        Outcome placebo = onSenate(new RdPlacebo());
        assertThat((double[]) map(placebo, "cutoffs").get("at")).hasSize(6);
        Outcome given = onSenate(new RdPlacebo(), "cutoffs", "-20,20", "treat", "T");
        assertThat((double[]) map(given, "cutoffs").get("at")).containsExactly(-20, 20);
        assertThatThrownBy(() -> onSenate(new RdPlacebo(), "cutoffs", "-20,0"))
                .hasMessageContaining("0.0 is the true cutoff");
        assertThat(given.diagnostics().warnings()).anyMatch(w -> w.contains("no first stage"));
        Outcome sensitivity = onSenate(new RdSensitivity());
        assertThat((double) sensitivity.result().get("chosen")).isCloseTo(17.7544, within(1e-4));
        assertThat((double[]) map(sensitivity, "bandwidths").get("se")).hasSize(11);
        assertThat((double[]) map(sensitivity, "donut").get("lower")).hasSize(5);
        assertThat(sensitivity.figures()).hasSize(2);
        assertThat(onSenate(new RdSensitivity(), "bandwidths", "0.001,20")
                        .diagnostics()
                        .warnings())
                .anyMatch(w -> w.contains("bandwidth h 0.00100000"));
    }

    @Test
    void wrongOptionsAndColumnsAreNamed() throws IOException {
        assertThatThrownBy(() -> onSenate(new FitRd(), "treat", "TT")).hasMessageContaining("no column 'TT'");
        assertThatThrownBy(() -> onSenate(new FitRd(), "h", "1,2,3")).hasMessageContaining("--h takes one number");
        assertThatThrownBy(() -> onSenate(new FitRd(), "h", "wide"))
                .hasMessageContaining("--h")
                .hasMessageContaining("'wide'");
        assertThatThrownBy(() -> onSenate(new FitRd(), "kernel", "tri"))
                .hasMessageContaining("must be one of triangular");
        assertThatThrownBy(() -> onSenate(new FitRd(), "cutoff", "500")).hasMessageContaining("above the cutoff 500");
        assertThatThrownBy(() -> onSenate(new FitRd(), "h", "0.01")).isInstanceOf(EstimationException.class);
        assertThatThrownBy(() -> Commands.run(new FitRd(), "data", senate().toString(), "y", "vote", "x", "margin"))
                .hasMessageContaining("missing value in row")
                .hasMessageContaining("column 'vote'");
        assertThatThrownBy(() -> Commands.run(new FitRd(), "data", senate().toString(), "y", "margin", "x", "margin"))
                .hasMessageContaining("same column 'margin'");
        assertThatThrownBy(() -> Commands.run(new FitRd(), "data", senate().toString(), "y", "vot", "x", "margin"))
                .hasMessageContaining("did you mean 'vote'");
        Path text = Files.writeString(folder.resolve("t.csv"), "y,x,z\na,1,2\n2,2,3\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Commands.run(new FitRd(), "data", text.toString(), "y", "y", "x", "x"))
                .hasMessageContaining("'a' in row 1")
                .hasMessageContaining("not a number");
        assertThat(onSenate(new FitRd(), "cluster", "state", "vce", "hc1")
                        .diagnostics()
                        .warnings())
                .anyMatch(w -> w.contains("--vce hc1 is not used"));
    }
}
