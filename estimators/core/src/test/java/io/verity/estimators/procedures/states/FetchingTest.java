package io.verity.estimators.procedures.states;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.verity.estimators.states.ModelStore;
import io.verity.estimators.states.TextModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchingTest {
    @Test
    void aFolderThatCannotBeWrittenIsNamedWithItsRemedy(@TempDir Path folder) throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(part -> Files.isExecutable(Path.of(part).resolve("mvn"))),
                "without Maven nothing is fetched");
        Path file = Files.writeString(folder.resolve("file"), "");
        ModelStore store = ModelStore.at(file.resolve("onnx"));
        assertThatThrownBy(() -> Fetching.sentence(store, TextModel.named("minilm-q"), (what, done, total) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(store.folder().toString())
                .hasMessageContaining("XDG_CACHE_HOME");
    }
}
