package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void pageHasOneRowPerClaimInOrder() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../../docs/papers/r3d.md")).stream()
                .filter(line -> line.matches("\\| (R3D|RD)-\\d.*"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(rows)
                .isEqualTo(new R3dPaper()
                        .claims().stream()
                                .filter(c -> c.controlOf().isEmpty())
                                .map(c -> c.id().name())
                                .toList());
    }
}
