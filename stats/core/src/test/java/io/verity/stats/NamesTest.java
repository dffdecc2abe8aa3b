package io.verity.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final List<String> NAMES = List.of("large-step/separation", "large-step/trajectory", "n", "ridge");

    @ParameterizedTest
    @CsvSource({
        "large-step/seperation, ; did you mean large-step/separation?",
        "LARGE-STEP/TRAJECTORY, ; did you mean large-step/trajectory?",
        "rigde, ; did you mean ridge?",
        "m, ; did you mean n?",
        "completely-different, ''",
    })
    void theNearestNameIsSuggestedIfItIsNear(String typed, String expected) {
        assertThat(Names.suggestion(typed, NAMES, "")).isEqualTo(expected);
    }

    @Test
    void amongEquallyNearNamesTheOneThatBeginsAlikeIsMeant() {
        assertThat(Names.suggestion("stp", List.of("sep", "step"), "--")).isEqualTo("; did you mean --step?");
    }
}
