package io.verity.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.reports.model.Block;
import io.verity.reports.model.Report;
import io.verity.reports.model.Scoreboard;
import io.verity.reports.model.Section;
import io.verity.reports.model.VerdictCard;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.VerificationRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static List<VerdictCard> cards(Section section) {
        return section.blocks().stream()
                .filter(VerdictCard.class::isInstance)
                .map(VerdictCard.class::cast)
                .toList();
    }

    private static VerificationRun only(VerificationRun run, String backend, List<ClaimRecord> records) {
        return new VerificationRun(
                run.seed(),
                run.budget(),
                run.threads(),
                run.engine(),
                backend,
                run.version(),
                run.java(),
                run.os(),
                run.started(),
                run.seconds(),
                records);
    }

    @Test
    void surprisesComeFirst() {
        Report report = Reports.ofVerification(Samples.verification(true));
        assertThat(report.subtitle()).isEqualTo("45 of 48 verdicts are as expected.");
        assertThat(report.sections().stream().map(Section::id))
                .containsExactly("scoreboard", "surprises", "paper-large-step", "run");
        Scoreboard board = (Scoreboard) report.sections().get(0).blocks().get(0);
        assertThat(board.rows().stream().limit(4).map(Scoreboard.Row::id))
                .containsExactly("large-step/LS-09", "large-step/LS-09N", "large-step/LS-13", "large-step/LS-01");
        assertThat(cards(report.sections().get(1)).stream()
                        .map(c -> c.claim().id().name()))
                .containsExactly("LS-09", "LS-13");
        assertThat(cards(report.sections().get(2))).hasSize(22);
    }

    @Test
    void withoutSurprisesThereIsNoSectionForThem() {
        Report report = Reports.ofVerification(Samples.verification(false));
        assertThat(report.subtitle()).isEqualTo("All 48 verdicts are as expected.");
        assertThat(report.sections().stream().map(Section::id))
                .containsExactly("scoreboard", "paper-large-step", "run");
    }

    @Test
    void controlsStandOnTheirClaimsCard() {
        Report report = Reports.ofVerification(Samples.verification(false));
        assertThat(cards(report.sections().get(1))).hasSize(24).allSatisfy(card -> {
            assertThat(card.controls()).hasSize(1);
            assertThat(card.controls().get(0).controlOf())
                    .isEqualTo(card.claim().id());
        });
    }

    @Test
    void aControlRunAloneHasACardOfItsOwn() {
        VerificationRun run = Samples.verification(false);
        Report report = Reports.ofVerification(
                only(run, run.backend(), List.of(run.records().get(1))));
        assertThat(cards(report.sections().get(1)).stream()
                        .map(c -> c.claim().id().name()))
                .containsExactly("LS-01N");
    }

    @Test
    void theCommandNamesAllThatTheBitsDependOn() {
        VerificationRun run = Samples.verification(false);
        List<ClaimRecord> first = run.records().subList(0, 2);
        assertThat(cards(Reports.ofVerification(run).sections().get(1)).get(0).command())
                .isEqualTo("./verity verify large-step/LS-01 --quick --seed 42");
        assertThat(cards(Reports.ofVerification(only(run, "cublas", first))
                                .sections()
                                .get(1))
                        .get(0)
                        .command())
                .isEqualTo("./verity verify large-step/LS-01 --quick --seed 42 --backend cublas");
    }

    @Test
    void aPaperStandsUnderItsOwnTitleWhereItIsKnown() {
        Paper paper = new Paper() {
            @Override
            public String name() {
                return "large-step";
            }

            @Override
            public String title() {
                return "On steps";
            }

            @Override
            public String citation() {
                return "A. Nobody, arXiv 0000.00000";
            }

            @Override
            public List<Claim> claims() {
                return List.of();
            }
        };
        VerificationRun run = Samples.verification(false);
        Section section = Reports.ofVerification(run, List.of(paper)).sections().get(1);
        assertThat(section.id()).isEqualTo("paper-large-step");
        assertThat(section.title()).isEqualTo("On steps");
        assertThat(section.blocks().get(0)).isEqualTo(new Block.Paragraph("A. Nobody, arXiv 0000.00000"));
        assertThat(Reports.ofVerification(run).sections().get(1).title())
                .isEqualTo(run.records().get(0).source().title());
    }

    @Test
    void anEmptyRunIsReported() {
        VerificationRun run = Samples.verification(false);
        Report report = Reports.ofVerification(only(run, "java", List.of()));
        assertThat(report.subtitle()).isEqualTo("All 0 verdicts are as expected.");
    }

    @Test
    void aFitShowsOnlyWhatItHas() {
        assertThat(Samples.fit().sections().stream().map(Section::id))
                .containsExactly("result", "figures", "tables", "details");
        assertThat(Samples.simulation().sections().get(0).blocks()).hasOnlyElementsOfType(Block.FigureBlock.class);
    }

    @Test
    void reportsAreReadFromTheirFolder(@TempDir Path folder) throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reports.read(folder))
                .withMessage("no report at %s", folder.resolve("report.json"));
        ReportWriter.write(Samples.fit(), folder, Format.parse("json"));
        assertThat(Reports.read(folder).title()).isEqualTo("fit large-step");
        assertThat(Reports.read(folder.resolve("report.json")).title()).isEqualTo("fit large-step");
        Files.writeString(folder.resolve("report.json"), "nonsense");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reports.read(folder))
                .withMessageStartingWith(folder.resolve("report.json") + ": not a report");
    }
}
