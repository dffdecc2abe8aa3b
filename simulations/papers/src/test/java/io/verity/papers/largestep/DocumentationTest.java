package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void pageHasOneRowPerClaimInOrder() throws IOException {
        Path page = Path.of("../../docs/papers/large-step.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| LS-"))
                .map(line -> line.substring(2, 7))
                .toList();
        assertThat(rows)
                .isEqualTo(new LargeStepPaper()
                        .claims().stream()
                                .filter(c -> c.controlOf().isEmpty())
                                .map(c -> c.id().name())
                                .toList());
    }
}
