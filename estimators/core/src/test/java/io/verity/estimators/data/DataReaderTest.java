package io.verity.estimators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReaderTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text, StandardCharsets.UTF_8);
    }

    private DataTable read(String text, String... textColumns) throws IOException {
        return DataReader.withDefaults().withText(List.of(textColumns)).read(file(text));
    }

    private void refuses(String text, String... words) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void numbersAndTextsAreReadByName() throws IOException {
        DataTable table = read("x, y ,label\n1,2.5e-3,a\n-3,+.5,b\n", "label");
        assertThat(table.names()).containsExactly("x", "y", "label");
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.numbers("y")).containsExactly(.0025, .5);
        assertThat(table.texts("label")).containsExactly("a", "b");
        assertThat(table.matrix(List.of("y", "x"))[1]).containsExactly(.5, -3);
        assertThat(table.numericColumns(Set.of("x"))).containsExactly("y");
    }

    @Test
    void quotingFollowsTheStandard() throws IOException {
        DataTable table = read("\"a,b\",\"la\"\"bel\"\r\n\"1\",\"x\ny\"\r\n2,z\r\n", "la\"bel");
        assertThat(table.names()).containsExactly("a,b", "la\"bel");
        assertThat(table.numbers("a,b")).containsExactly(1, 2);
        assertThat(table.texts("la\"bel")).containsExactly("x\ny", "z");
    }

    @Test
    void separatorsByteOrderMarksAndGzipAreUnderstood() throws IOException {
        DataTable semicolons = DataReader.withDefaults().withSeparator(";").read(file("\uFEFFa;b\n1;2\n"));
        assertThat(semicolons.names()).containsExactly("a", "b");
        DataTable quoted = DataReader.withDefaults().read(file("\uFEFF\"a, c\",\"b\"\r\n\"1\",\"2\"\r\n"));
        assertThat(quoted.names()).containsExactly("a, c", "b");
        assertThat(quoted.numbers("a, c")).containsExactly(1);
        assertThat(DataReader.withDefaults().readNumbers(file("\uFEFF1,2\n"))).isDeepEqualTo(new double[][] {{1, 2}});
        DataTable tabs = DataReader.withDefaults().withSeparator("tab").read(file("a\tb\n1\t2\n"));
        assertThat(tabs.numbers("b")).containsExactly(2);
        Path zipped = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(DataReader.withDefaults().read(zipped).numbers("a")).containsExactly(1);
        assertThatThrownBy(() -> DataReader.withDefaults().withSeparator("ab"))
                .hasMessageContaining("separator")
                .hasMessageContaining("'ab'");
    }

    @Test
    void hashIsThatOfTheBytes() throws IOException {
        // printf 'a\n1\n' | sha256sum
        assertThat(read("a\n1\n").sha256())
                .isEqualTo("309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc");
    }

    @Test
    void missingValuesAreErrorsOnlyWhereTheColumnIsUsed() throws IOException {
        DataTable table = read("x,y,z\n1,,3\n4,5,NA\n7,8,9\n");
        assertThat(table.numbers("x")).containsExactly(1, 4, 7);
        assertThatThrownBy(() -> table.numbers("y"))
                .hasMessageContaining("missing value in row 1, column 'y'")
                .hasMessageContaining("drop-missing");
        assertThatThrownBy(() -> table.complete(List.of("x", "z"), false))
                .hasMessageContaining("row 2, column 'z'")
                .hasMessageContaining("1 row has");
        DataTable kept = table.complete(List.of("x", "y", "z"), true);
        assertThat(kept.rows()).isEqualTo(1);
        assertThat(kept.droppedRows()).isEqualTo(2);
        assertThat(kept.sourceRow(0)).isEqualTo(3);
        assertThat(kept.facts()).containsEntry("droppedRows", 2L).containsEntry("rows", 1L);
        assertThatThrownBy(() -> read("x\nNA\n\"\"\n").complete(List.of("x"), true))
                .hasMessageContaining("every row");
    }

    @Test
    void textInANumericColumnIsPlaced() throws IOException {
        DataTable table = read("x,y,name\n1,2,a\n3,abc,b\n4,5,6\n");
        assertThatThrownBy(() -> table.numericColumns(Set.of()))
                .hasMessageContaining("'abc' in row 2 (line 3), column 'y'");
        assertThat(table.numericColumns(Set.of("y"))).containsExactly("x");
        assertThatThrownBy(() -> table.matrix(List.of("x", "y")))
                .hasMessageContaining("'abc' in row 2 (line 3), column 'y'")
                .hasMessageContaining("not a number");
        for (String text : List.of("1d", "0x1p3", "1,5", "--1", "1e")) {
            assertThatThrownBy(() -> read("x,y\n1,\"" + text + "\"\n").numbers("y"))
                    .as(text)
                    .hasMessageContaining("not a number");
        }
    }

    @Test
    void nonFiniteNumbersArePlaced() {
        for (String text : List.of("NaN", "inf", "-Infinity", "1e999")) {
            assertThatThrownBy(() -> read("x,y\n1,2\n3," + text + "\n").numbers("y"))
                    .as(text)
                    .hasMessageContaining("'" + text + "' in row 2 (line 3), column 'y'")
                    .hasMessageContaining("not a finite number");
            assertThatThrownBy(() -> read("x,y\n1,2\n3," + text + "\n").complete(List.of("y"), true))
                    .as("%s is not missing", text)
                    .hasMessageContaining("not a finite number");
        }
    }

    @Test
    void brokenFilesAreNamed() throws IOException {
        refuses("", "data.csv", "empty");
        refuses("x,y\n", "data.csv", "header but no rows");
        refuses("x,y\n1,2\n3\n", "line 3", "1 cell", "header has 2");
        refuses("x,y\n1,2,3\n", "line 2", "3 cells", "header has 2");
        refuses("x,y,x\n1,2,3\n", "'x' twice", "columns 1 and 3");
        refuses("x,,z\n1,2,3\n", "column 2", "no name");
        refuses("1.5,2.5\n3,4\n", "only numbers", "header");
        refuses("x,y\n1,\"2\n", "data.csv");
        assertThatThrownBy(() -> DataReader.withDefaults().read(folder.resolve("none.csv")))
                .hasMessageContaining("no such file")
                .hasMessageContaining("none.csv");
        assertThatThrownBy(() -> DataReader.withDefaults().read(folder)).hasMessageContaining("folder");
        Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'x', '\n', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> DataReader.withDefaults().read(latin)).hasMessageContaining("UTF-8");
    }

    @Test
    void numbersAloneNeedNoHeader() throws IOException {
        DataReader reader = DataReader.withDefaults();
        assertThat(reader.readNumbers(file("1,2\n-3,.5\n"))).isDeepEqualTo(new double[][] {{1, 2}, {-3, .5}});
        assertThatThrownBy(() -> reader.readNumbers(file("a,b\n1,2\n")))
                .hasMessageContaining("'a' in line 1, column 1")
                .hasMessageContaining("no header");
        assertThatThrownBy(() -> reader.readNumbers(file("1,2\n3\n"))).hasMessageContaining("line 2 of");
        assertThatThrownBy(() -> reader.readNumbers(file(""))).hasMessageContaining("is empty");
    }

    @Test
    void columnsAreSelectedByNameAndPosition() throws IOException {
        DataTable table = read("age,height,weight,bmi,2\n1,2,3,4,5\n");
        assertThat(table.select("age,weight")).containsExactly("age", "weight");
        assertThat(table.select("2-4")).containsExactly("height", "weight", "bmi");
        assertThat(table.select("1, 3-4")).containsExactly("age", "weight", "bmi");
        assertThat(table.select("2")).containsExactly("2"); // a name wins over a position
        assertThatThrownBy(() -> table.select("wieght"))
                .hasMessageContaining("no column 'wieght'")
                .hasMessageContaining("did you mean 'weight'?");
        assertThatThrownBy(() -> table.select("3-9"))
                .hasMessageContaining("3-9")
                .hasMessageContaining("1 to 5");
        assertThatThrownBy(() -> table.select("7")).hasMessageContaining("columns 1 to 5");
        assertThatThrownBy(() -> table.select("age,1")).hasMessageContaining("'age' is selected twice");
    }

    @Test
    void constantAndDuplicateColumnsAreFound() throws IOException {
        DataTable table = read("a,b,c,d\n1,7,1,2\n2,7,2,3\n");
        assertThat(table.constantColumns(table.names())).containsExactly("b");
        assertThat(table.duplicateColumns(table.names())).containsExactly("c = a");
    }

    private Path npy(String header, ByteBuffer body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(body.array());
        return Files.write(folder.resolve("data.npy"), out.toByteArray());
    }

    @Test
    void npyMatricesAreReadInEitherOrder() throws IOException {
        ByteBuffer body = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : new double[] {1, 2, 3, 4, 5, 6}) {
            body.putDouble(v);
        }
        DataTable rows = DataReader.withDefaults()
                .read(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n", body));
        assertThat(rows.names()).containsExactly("x1", "x2", "x3");
        assertThat(rows.matrix(rows.names())[1]).containsExactly(4, 5, 6);
        DataTable columns = DataReader.withDefaults()
                .read(npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n", body));
        assertThat(columns.matrix(columns.names())[1]).containsExactly(2, 4, 6);
        ByteBuffer integers =
                ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putInt(-7).putInt(9);
        DataTable vector = DataReader.withDefaults()
                .withText(List.of("1"))
                .read(npy("{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }\n", integers));
        assertThat(vector.texts("x1")).containsExactly("-7", "9");
    }

    @Test
    void brokenNpyFilesAreNamed() throws IOException {
        ByteBuffer body = ByteBuffer.allocate(8);
        assertThatThrownBy(() -> DataReader.withDefaults()
                        .read(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n", body)))
                .hasMessageContaining("ends before its 2 x 3 entries");
        assertThatThrownBy(() -> DataReader.withDefaults()
                        .read(npy("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }\n", body)))
                .hasMessageContaining("real numbers");
        assertThatThrownBy(() ->
                        DataReader.withDefaults().read(Files.writeString(folder.resolve("fake.npy"), "a,b\n1,2\n")))
                .hasMessageContaining("not an .npy file");
        ByteBuffer nan = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(Double.NaN);
        DataTable table =
                DataReader.withDefaults().read(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", nan));
        assertThatThrownBy(() -> table.numbers("x1")).hasMessageContaining("row 1, column 'x1'");
    }

    @Test
    void anotherSeparatorIsSuggested() {
        assertThatThrownBy(() -> DataReader.withDefaults().read(file("a;b\n1;2\n")))
                .hasMessageContaining("say --sep ';'");
        assertThatThrownBy(() -> DataReader.withDefaults().read(file("a\tb\n1\t2\n")))
                .hasMessageContaining("say --sep tab");
        assertThatThrownBy(() -> DataReader.withDefaults().withSeparator(";").read(file("a,b\n1,2\n")))
                .hasMessageContaining("say --sep ','");
    }

    @Test
    void onlyTheColumnsAskedForAreKept() throws IOException {
        Path file =
                Files.writeString(folder.resolve("wide.csv"), "a,b,c,d\n1,x,3,u\n2,y,4,v\n", StandardCharsets.UTF_8);
        DataTable table = DataReader.withDefaults()
                .withColumns(List.of("a", "3"))
                .withText(List.of("d"))
                .read(file);
        assertThat(table.numbers("a")).containsExactly(1, 2);
        assertThat(table.numbers("c")).containsExactly(3, 4);
        assertThat(table.texts("d")).containsExactly("u", "v");
        assertThat(table.names()).containsExactly("a", "b", "c", "d");
        assertThatThrownBy(() -> table.numbers("b")).hasMessageContaining("was not read");
        assertThatThrownBy(() -> DataReader.withDefaults()
                        .withColumns(List.of("e"))
                        .read(file)
                        .resolve("e"))
                .hasMessageContaining("no column 'e'");
    }
}
