package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of every kind: exit code 2, one line on standard error that names the problem and the place, no stack trace. */
class BadInputTest {
    @TempDir
    private Path folder;

    private static void isOneLine(Spoken answer, String... parts) {
        assertThat(answer.code()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err()).startsWith("verity: ").endsWith("\n").containsOnlyOnce("\n");
        assertThat(answer.err()).contains(parts);
        assertThat(answer.out()).isEmpty();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private Spoken fit(Object data, Object... more) {
        Object[] args = new Object[6 + more.length];
        System.arraycopy(new Object[] {"fit", "large-step", "--data", data, "--label", "y"}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return Spoken.by(args);
    }

    @Test
    void missingFileIsNamed() {
        isOneLine(fit(folder.resolve("nowhere.csv")), "nowhere.csv");
    }

    @Test
    void folderInsteadOfFileIsNamed() {
        isOneLine(fit(folder), folder.toString());
    }

    @Test
    void aWishForHelpDoesNotHideAnUnknownCommand() {
        isOneLine(Spoken.by("nonsense", "--help"), "unknown command 'nonsense'");
        isOneLine(Spoken.by("large-step", "nonsense", "-h"), "unknown command 'nonsense'");
        assertThat(Spoken.by("large-step", "margin", "--help").code()).isZero();
    }

    @Test
    void emptyFileIsNamed() throws IOException {
        isOneLine(fit(file("")), "data.csv", "empty");
    }

    @Test
    void headerWithoutRowsIsNamed() throws IOException {
        isOneLine(fit(file("x,y\n")), "data.csv", "no rows");
    }

    @Test
    void raggedRowIsPlaced() throws IOException {
        isOneLine(fit(file("x,z,y\n1,2,a\n1,b\n3,4,a\n")), "line 3", "data.csv", "2 cells");
    }

    @Test
    void textInNumericColumnIsPlaced() throws IOException {
        Path data = file("x,z,y\n1,1,a\n2,2,b\nthree,3,a\n");
        isOneLine(fit(data, "--features", "x"), "'three'", "row 3 (line 4)", "column 'x'");
        isOneLine(fit(data), "'three'", "row 3 (line 4)", "column 'x'");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "inf", "-Infinity", "1e999"})
    void nonFiniteCellIsPlaced(String cell) throws IOException {
        isOneLine(fit(file("x,y\n1,a\n2,b\n" + cell + ",a\n")), "'" + cell + "'", "row 3 (line 4)", "column 'x'");
    }

    @Test
    void missingCellIsPlaced() throws IOException {
        isOneLine(fit(file("x,y\n1,a\n2,b\n,a\n")), "missing value in row 3", "column 'x'", "drop-missing");
    }

    @Test
    void threeLabelsAreCounted() throws IOException {
        isOneLine(fit(file("x,y\n1,a\n2,b\n3,c\n")), "two labels are needed", "there are 3");
    }

    @Test
    void unknownColumnBringsTheNearestName() throws IOException {
        Path data = file("width,label\n1,a\n2,b\n");
        isOneLine(Spoken.by("fit", "large-step", "--data", data, "--label", "lable"), "lable", "did you mean", "label");
        isOneLine(
                Spoken.by("fit", "large-step", "--data", data, "--label", "label", "--features", "widht"),
                "widht",
                "did you mean",
                "width");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "ten", "Infinity"})
    void stepSizeMustBePositive(String step) throws IOException {
        isOneLine(fit(file("x,y\n1,a\n2,b\n"), "--step", step), "step");
    }

    @Test
    void unknownVariantListsTheVariants() throws IOException {
        isOneLine(fit(file("x,y\n1,a\n2,b\n"), "--variant", "normalised"), "normalised", "normalized");
    }

    @Test
    void oneLabelAloneIsReportedNotRefused() throws IOException {
        Spoken answer = fit(file("x,y\n1,a\n2,a\n"));
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("warning: only the label");
    }

    @Test
    void constantAndDuplicateColumnsAreWarnedOf() throws IOException {
        Spoken answer = fit(file("x,same,c,y\n1,1,7,a\n2,2,7,b\n3,3,7,b\n"));
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("warning: ").contains("same").contains("column c:");
    }

    @ParameterizedTest
    @CsvSource({
        "verify large-stpe, did you mean large-step?",
        "verify large-step/LS-5, did you mean large-step/LS-05?",
        "verify toy/, toy/",
        "simulate large-step/seperation, large-step/separation",
        "replay toy/nab --condition 0 --replicate 0, toy/nap",
        "replay toy/nap --condition 9 --replicate 0, condition 9",
        "replay toy/nap --condition 0 --replicate -1, replicate",
        "simulate toy/nap --set meen=1, mean",
        "simulate toy/nap --set mean, FACTOR=VALUE",
        "simulate toy/nap --set mean=big, big",
        "simulate toy/nap --replicates 0, replicates",
        "simulate toy/nap --replicates many, many",
        "simulate toy/nap --threads 0, threads",
        "simulate toy/nap --engine sparc, sparc",
        "simulate toy/nap --backend jaba, jaba",
        "simulate toy/nap --seed x, seed",
        "verify toy --quick --full, --full",
        "verfy, did you mean verify?",
        "fit large-stp, did you mean large-step?",
        "fit, which one?",
        "fit toy, --level",
        "fit toy --level 1 --levl 2, did you mean --level?",
        "fit toy --level, --level",
        "fit toy --level 1 --mood merry, calm",
        "fit toy --level 1 --threads two, two",
        "fit toy --level 1 extra, extra",
        "list clams, did you mean claims?",
        "backends --threads 0, threads",
        "report nowhere, nowhere",
        "report nowhere.db, nowhere.db",
        "jshell nowhere.jsh, nowhere.jsh",
    })
    void mistakesInTheCommandBringOneLine(String command, String part) {
        List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
        if (command.startsWith("simulate ") || command.startsWith("verify ")) {
            words.addAll(List.of("--out", folder)); // and not the folder where the tests run
        }
        isOneLine(Spoken.by(words.toArray()), part);
    }

    @Test
    void unwritableOutputIsFoundBeforeTheWorkBegins() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        isOneLine(Spoken.by("verify", "toy/TC-01", "--out", occupied), "occupied", "is a file");
        isOneLine(Spoken.by("verify", "toy/TC-01", "--out", occupied.resolve("below")), "occupied");
        isOneLine(Spoken.by("simulate", "toy/nap", "--out", occupied), "occupied");
        isOneLine(Spoken.by("fit", "toy", "--level", "1", "--out", occupied), "occupied");
        isOneLine(Spoken.by("fit", "toy", "--level", "1", "--json", folder.resolve("no/x.json")), "no/x.json");
        isOneLine(Spoken.by("fit", "toy", "--level", "1", "--json", folder), "it is a folder");
        isOneLine(Spoken.by("simulate", "toy/nap", "--out", folder, "--csv", folder.resolve("no/x.csv")), "no/x.csv");
    }

    @Test
    void fileThatIsNoStoreIsRefusedAndKept() throws IOException {
        Path other = Files.writeString(folder.resolve("thesis.txt"), "years of work, not a database\n".repeat(200));
        isOneLine(Spoken.by("simulate", "toy/nap", "--out", folder, "--store", other), "thesis.txt");
        assertThat(other).content().startsWith("years of work");
    }

    @Test
    void storeOfAnotherStudyIsRefused() {
        Path store = folder.resolve("mine.db");
        Object[] place = {"--out", folder, "--store", store};
        Object[] first = {"simulate", "toy/nap", "--replicates", "2", place[0], place[1], place[2], place[3]};
        assertThat(Spoken.by(first).code()).isZero();
        isOneLine(Spoken.by("simulate", "toy/broken", place[0], place[1], place[2], place[3]), "mine.db", "toy/nap");
    }

    @Test
    void unknownFormatListsTheFormats() {
        Spoken answer = Spoken.by("verify", "toy/TC-01", "--out", folder);
        assertThat(answer.code()).isZero();
        isOneLine(Spoken.by("report", folder, "--format", "pdf"), "pdf", "html");
    }

    @Test
    void debugShowsWhereAndTheSameLine() {
        Spoken answer = Spoken.by("fit", "toy", "--level", "1", "--mood", "broken", "--debug");
        assertThat(answer.err()).contains("a stone in the shoe").contains("at io.verity.cli.Fixtures");
    }
}
