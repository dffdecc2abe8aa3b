package io.verity.papers.raptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void pageHasOneRowPerClaimInOrder() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../../docs/papers/raptor.md")).stream()
                .filter(line -> line.matches("\\| R\\d.*"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(rows)
                .isEqualTo(new RaptorPaper()
                        .claims().stream()
                                .filter(c -> c.controlOf().isEmpty())
                                .map(c -> c.id().name())
                                .toList());
    }
}
