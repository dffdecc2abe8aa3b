package io.verity.estimators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void theLargerNumberIsPositive() {
        Labels labels = Labels.of(List.of("10", "9", "10"), null);
        assertThat(labels.signs()).containsExactly(1, -1, 1);
        assertThat(labels.positive()).isEqualTo("10");
        assertThat(labels.describe()).isEqualTo("9 = -1 (1 rows), 10 = +1 (2 rows)");
    }

    @Test
    void signedUnitsAreNumbers() {
        assertThat(Labels.of(List.of("+1", "-1", "1", "1.0"), null).signs()).containsExactly(1, -1, 1, 1);
    }

    @Test
    void textsAreOrderedByCodePoint() {
        assertThat(Labels.of(List.of("b", "B"), null).positive()).isEqualTo("b");
        assertThat(Labels.of(List.of("10", "9", "x").subList(0, 2), null).positive())
                .isEqualTo("10");
        assertThat(Labels.naturalOrder(List.of("9", "10", "x"))).containsExactly("10", "9", "x");
        assertThat(Labels.naturalOrder(List.of("\uFFFF", "\uD83D\uDE00"))).containsExactly("\uFFFF", "\uD83D\uDE00");
    }

    @Test
    void thePositiveClassMayBeChosen() {
        assertThat(Labels.of(List.of("yes", "no"), "no").signs()).containsExactly(-1, 1);
        assertThat(Labels.of(List.of("1", "0"), "0.0").signs()).containsExactly(-1, 1);
        assertThatThrownBy(() -> Labels.of(List.of("yes", "no"), "yse"))
                .hasMessageContaining("'yse' does not occur")
                .hasMessageContaining("did you mean 'yes'?");
    }

    @Test
    void threeLabelsAreListed() {
        assertThatThrownBy(() -> Labels.of(List.of("a", "b", "c", "a"), null))
                .hasMessage("two labels are needed, but there are 3: a (2), b (1), c (1)");
    }

    @Test
    void oneLabelIsAccepted() {
        Labels labels = Labels.of(List.of("a", "a"), null);
        assertThat(labels.signs()).containsExactly(1, 1);
        assertThat(labels.negative()).isNull();
        assertThat(Labels.of(List.of("a", "a"), "b").signs()).containsExactly(-1, -1);
    }
}
