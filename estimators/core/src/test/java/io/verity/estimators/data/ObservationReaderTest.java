package io.verity.estimators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.stats.random.RandomStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationReaderTest {
    private static final ObservationReader PLAIN = ObservationReader.of("unit", "x", "z");

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("long.csv"), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private static List<double[]> samples(Observations observations) {
        List<double[]> samples = new ArrayList<>();
        observations.forEachUnit((unit, values, weights) -> {
            assertThat(unit).isEqualTo(samples.size());
            samples.add(values);
        });
        return samples;
    }

    private void refuses(ObservationReader reader, String message, String... lines) {
        assertThatThrownBy(() -> reader.read(file(lines)).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void gzipFilesThatEndEarlyAreNamed() throws IOException {
        Path whole = folder.resolve("whole.csv.gz");
        RandomStream random = RandomStream.of(1, "gzip", 0, 0);
        StringBuilder text = new StringBuilder("unit,x,z\n");
        for (int i = 0; i < 2000; i++) {
            text.append("u")
                    .append(i % 50)
                    .append(',')
                    .append(i % 50)
                    .append(',')
                    .append(random.nextDouble())
                    .append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path cut = folder.resolve("cut.csv.gz");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> PLAIN.read(cut).close()).hasMessage(cut + " ends early: the gzip file was cut off");
        assertThatThrownBy(() -> DataReader.withDefaults().read(cut))
                .hasMessage(cut + " ends early: the gzip file was cut off");
        refuses(PLAIN, "(--drop-missing leaves such rows out)", "unit,x,z", "a,1,");
    }

    @Test
    void unitsComeInTheOrderOfTheirFirstRow() throws IOException {
        try (Observations long_ = PLAIN.read(file("unit,z,x", "b,1,.5", "a,2,-1", "b,3,.5", "c,4,0", "a,5,-1.0"))) {
            assertThat(long_.names()).containsExactly("b", "a", "c");
            assertThat(long_.runningVariable()).containsExactly(.5, -1, 0);
            assertThat(long_.sampleSizes()).containsExactly(2, 2, 1);
            assertThat(samples(long_)).containsExactly(new double[] {1, 3}, new double[] {2, 5}, new double[] {4});
            assertThat(long_.treatment()).isNull();
            assertThat(long_.clusters()).isNull();
            assertThat(long_.facts())
                    .containsEntry("rows", 5L)
                    .containsEntry("units", 3L)
                    .containsEntry("columns", 3L)
                    .doesNotContainKey("droppedRows");
            assertThat(long_.sha256())
                    .isEqualTo(DataReader.withDefaults()
                            .read(Path.of(long_.file()))
                            .sha256());
        }
    }

    @Test
    void everyKindOfColumnIsRead() throws IOException {
        Path file = file("u;x;z;w;t;state;size", "1;2;3;0;1;NJ;10", "2;3;4;2.5;0;NY;20", "1;2;5;.5;1;NJ;10");
        try (Observations long_ = ObservationReader.of("u", "2", "z")
                .withSeparator(";")
                .withWeight("w")
                .withTreatment("t")
                .withCluster("state")
                .withUnitWeight("size")
                .read(file)) {
            assertThat(long_.treatment()).containsExactly(1, 0);
            assertThat(long_.clusters()).containsExactly(0, 1);
            assertThat(long_.unitWeights()).containsExactly(10, 20);
            List<double[]> weights = new ArrayList<>();
            long_.forEachUnit((unit, values, w) -> weights.add(w));
            assertThat(weights).containsExactly(new double[] {0, .5}, new double[] {2.5});
        }
    }

    /** A file of shuffled units, and the samples that belong to them. */
    private Path shuffled(int units, int rows, List<List<Double>> expected, boolean zipped) throws IOException {
        RandomStream random = RandomStream.of(1, "shuffled", 0, 0);
        StringBuilder text = new StringBuilder("unit,x,z,w\n");
        Map<Integer, Integer> order = new java.util.LinkedHashMap<>();
        for (int r = 0; r < rows; r++) {
            int unit = random.nextInt(units);
            double z = random.nextGaussian();
            int number = order.computeIfAbsent(unit, u -> order.size());
            if (number == expected.size()) {
                expected.add(new ArrayList<>());
            }
            expected.get(number).add(z);
            text.append("u")
                    .append(unit)
                    .append(',')
                    .append(unit)
                    .append(',')
                    .append(z)
                    .append(",1\n");
        }
        Path file = folder.resolve("shuffled.csv");
        try (OutputStream out =
                zipped ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void theTemporaryFileChangesNothing() throws IOException {
        List<List<Double>> expected = new ArrayList<>();
        Path file = shuffled(300, 20_000, expected, true);
        for (ObservationReader reader : List.of(PLAIN, PLAIN.withWeight("w"))) {
            for (int buffer : new int[] {1, 50, 999, 19_999, 20_000, 20_001}) {
                try (Observations long_ = reader.withBuffer(buffer).read(file)) {
                    for (int time = 0; time < 2; time++) {
                        assertThat(samples(long_))
                                .as("buffer %d, pass %d", buffer, time)
                                .usingElementComparator(Arrays::compare)
                                .containsExactlyElementsOf(expected.stream()
                                        .map(s -> s.stream().mapToDouble(v -> v).toArray())
                                        .toList());
                    }
                }
            }
        }
    }

    @Test
    void readingIsReported() throws IOException {
        Path file = shuffled(10, 20_000, new ArrayList<>(), false);
        List<Long> reports = new ArrayList<>();
        PLAIN.withListener((done, total) -> {
                    assertThat(total).isEqualTo(file.toFile().length());
                    reports.add(done);
                })
                .read(file)
                .close();
        assertThat(reports).isSorted().hasSizeGreaterThan(2);
    }

    @Test
    void whatVariesInsideAUnitIsNamed() {
        refuses(
                PLAIN,
                "column 'x' of " + folder.resolve("long.csv")
                        + " must be constant within a unit, but unit 'a' has 1.0 (line 2) and 1.5 (line 4)",
                "unit,x,z",
                "a,1,2",
                "b,2,2",
                "a,1.5,2");
        refuses(
                PLAIN.withTreatment("t"),
                "unit 'a' has 0.0 (line 2) and 1.0 (line 3)",
                "unit,x,z,t",
                "a,1,2,0",
                "a,1,3,1");
        refuses(
                PLAIN.withCluster("c"),
                "unit 'b' has 'NJ' (line 2) and 'NY' (line 4)",
                "unit,x,z,c",
                "b,1,2,NJ",
                "a,1,2,NY",
                "b,1,3,NY");
        refuses(PLAIN.withUnitWeight("s"), "unit 'a' has 3.0 (line 2)", "unit,x,z,s", "a,1,2,3", "a,1,3,4");
    }

    @Test
    void badCellsAreNamed() {
        refuses(PLAIN, "missing value in row 2 (line 3), column 'z'", "unit,x,z", "a,1,2", "a,1,NA");
        refuses(PLAIN, "missing value in row 1 (line 2), column 'unit'", "unit,x,z", ",1,2");
        refuses(PLAIN, "'inf' in row 2 (line 3), column 'z'", "unit,x,z", "a,1,2", "a,1,inf");
        refuses(PLAIN, "(unit 'a') is not a finite number", "unit,x,z", "a,NaN,2");
        refuses(PLAIN, "'two' in row 1 (line 2), column 'z'", "unit,x,z", "a,1,two");
        refuses(PLAIN.withWeight("w"), "it is negative", "unit,x,z,w", "a,1,2,-1");
        refuses(PLAIN.withWeight("w"), "unit 'b' (first in line 3)", "unit,x,z,w", "a,1,2,1", "b,1,2,0", "b,1,2,0");
        refuses(PLAIN, "no column 'z'", "unit,x,y", "a,1,2");
        refuses(ObservationReader.of("unit", "x", "x"), "both the outcome and the running variable", "unit,x", "a,1");
        refuses(PLAIN, "line 3 of", "unit,x,z", "a,1,2", "a,1");
        refuses(PLAIN, "header but no rows", "unit,x,z");
    }

    @Test
    void incompleteRowsCanBeDropped() throws IOException {
        ObservationReader dropping = PLAIN.withDropMissing(true);
        try (Observations long_ =
                dropping.read(file("unit,x,z,other", "a,1,NA,", "b,2,5,", "a,1,7,", "c,,1,", ",1,1,", "d,1,,"))) {
            assertThat(long_.names()).containsExactly("b", "a");
            assertThat(long_.droppedRows()).isEqualTo(4);
            assertThat(long_.droppedUnits()).containsExactly("c", "d");
            assertThat(long_.facts())
                    .containsEntry("rows", 2L)
                    .containsEntry("droppedRows", 4L)
                    .containsEntry("droppedUnits", 2L);
        }
        refuses(dropping, "every row of", "unit,x,z", "a,1,");
        refuses(dropping, "is not a finite number", "unit,x,z", "a,1,NaN");
    }
}
