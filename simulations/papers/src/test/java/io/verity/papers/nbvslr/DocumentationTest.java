package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void pageHasOneRowPerClaimOnRowsInOrder() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../../docs/papers/nb-vs-lr.md")).stream()
                .filter(line -> line.startsWith("| NBLR-"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(rows)
                .isEqualTo(new NbVsLrPaper()
                        .claims().stream()
                                .filter(c -> c.controlOf().isEmpty())
                                .map(c -> c.id().name())
                                .filter(name -> name.startsWith("NBLR-"))
                                .toList());
    }
}
