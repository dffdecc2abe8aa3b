package io.verity.estimators.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.procedures.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final List<String> TEXTS = List.of("a", "bb", "a \"quoted\", text");

    @TempDir
    Path folder;

    private static StateIndex index(String modelSha256, Encoding encoding) {
        String texts = Hashes.of(TEXTS);
        return new StateIndex(
                StateIndex.key(modelSha256, texts, encoding),
                "fake",
                modelSha256,
                encoding,
                TEXTS.size(),
                0,
                "t.csv",
                texts,
                List.of(new StateIndex.Layer(0, "layer-00", 3), new StateIndex.Layer(1, "layer-01", 3)));
    }

    private void write(int failAt) throws IOException {
        StateIndex index = index("m", Encoding.withDefaults());
        try (TextEncoder encoder = new FakeEncoder(failAt);
                StateWriter writer = new StateWriter(folder, index)) {
            encoder.encode(TEXTS, Encoding.withDefaults(), new int[] {0, 1}, writer, Progress.NONE);
            writer.finish(index, Map.of("label", List.of("1", "0", "x,\"y\"")));
        }
    }

    @Test
    void whatIsWrittenIsReadBackWithItsColumns() throws IOException {
        write(-1);
        StateSet states = StateSet.read(folder, List.of());
        assertThat(states.layers().names()).containsExactly("layer-00", "layer-01");
        assertThat(states.layers().load(1).data).containsExactly(0, 1, 1, 1, 1, 2, 2, 1, 16);
        assertThat(states.column("label")).containsExactly("1", "0", "x,\"y\"");
        assertThat(states.facts()).containsEntry("model", "fake").containsEntry("rows", 3L);
    }

    @Test
    void columnsOfManyRowsArriveWhole() throws IOException {
        StateIndex small = index("m", Encoding.withDefaults());
        int rows = 5000;
        StateIndex index = new StateIndex(
                small.key(),
                "fake",
                "m",
                small.encoding(),
                rows,
                0,
                "",
                "",
                List.of(small.layers().get(0)));
        List<String> labels =
                Stream.iterate(0, i -> i + 1).limit(rows).map(String::valueOf).toList();
        try (StateWriter writer = new StateWriter(folder, index)) {
            writer.take(0, 0, new float[rows][3]);
            writer.finish(index, Map.of("label", labels));
        }
        assertThat(StateSet.read(folder, List.of()).column("label")).isEqualTo(labels);
    }

    @Test
    void aRunThatStopsLeavesNothingThatLooksWhole() throws IOException {
        write(-1);
        assertThatThrownBy(() -> write(2)).hasMessage("stopped at text 2");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
        assertThatThrownBy(() -> StateSet.read(folder, List.of())).hasMessageContaining("was not finished");
        write(-1);
        assertThat(StateSet.read(folder, List.of()).layers().rows()).isEqualTo(3);
    }

    @Test
    void filesLeftByAKilledRunAreReplaced() throws IOException {
        Files.write(folder.resolve("layer-00.npy.part"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("layer-00.npy"), new byte[] {1, 2, 3});
        write(-1);
        assertThat(StateSet.read(folder, List.of()).layers().load(0).get(2, 0)).isEqualTo(2);
        assertThat(folder.resolve("layer-00.npy.part")).doesNotExist();
    }

    @Test
    void damagedFoldersAreNamed() throws IOException {
        write(-1);
        Path layer = folder.resolve("layer-01.npy");
        byte[] whole = Files.readAllBytes(layer);
        Files.write(layer, java.util.Arrays.copyOf(whole, whole.length - 4));
        assertThatThrownBy(() -> StateSet.read(folder, List.of())).hasMessageContaining(layer + " has 160 bytes");
        Files.delete(layer);
        assertThatThrownBy(() -> StateSet.read(folder, List.of())).hasMessageContaining(layer + " is missing");
        Files.writeString(folder.resolve("index.json"), "{\"schema\":");
        assertThatThrownBy(() -> StateSet.read(folder, List.of())).hasMessageContaining("index.json is damaged");
        Files.writeString(folder.resolve("index.json"), "{}");
        assertThatThrownBy(() -> StateSet.read(folder, List.of())).hasMessageContaining("is no index of states");
    }

    @Test
    void theKeyDependsOnEverythingThatChangesStates() {
        Encoding plain = Encoding.withDefaults();
        List<String> keys = Stream.of(
                        index("m", plain),
                        index("n", plain),
                        index("m", plain.with(Pooling.CLS)),
                        index("m", plain.withMaxTokens(64)),
                        index("m", plain.withPrefix("query: ")))
                .map(StateIndex::key)
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(Hashes.of(List.of("ab", "c"))).isNotEqualTo(Hashes.of(List.of("a", "bc")));
    }

    @Test
    void aFolderThatCannotBeMadeIsAnErrorOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> new StateWriter(file.resolve("states"), index("m", Encoding.withDefaults())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void impossibleEncodingsAreRefused() {
        assertThatThrownBy(() -> Encoding.withDefaults().withMaxTokens(2)).hasMessageContaining("between 3 and 512");
        assertThatThrownBy(() -> Pooling.of("max")).hasMessageContaining("mean, cls, last");
        assertThatThrownBy(() -> TextStates.of("minilm-q").of(List.of("a", " "), Map.of()))
                .hasMessage("the text in row 2 is blank");
        assertThatThrownBy(() -> TextStates.of("minilm-q").of(List.of(), Map.of()))
                .hasMessage("there are no texts");
        assertThatThrownBy(() -> TextModel.named("minilmq")).hasMessageContaining("did you mean minilm-q?");
    }
}
