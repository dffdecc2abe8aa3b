package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PairedStreamsTest {
    record Fit(String model, int rows) {}

    private static StudyBuilder<Fit> study() {
        return Study.named("test/paired", Fit.class)
                .factor("model", "a", "b")
                .factor("rows", 10, 20)
                .metric("draw", "first draw");
    }

    @Test
    void conditionsThatDifferInAPairedFactorAloneSeeTheSameDraws() {
        Study<Fit> paired = study().paired("model").replicate((fit, stream) -> Row.of("draw", stream.nextDouble()));
        double first = paired.replay(0, 3, 42).value("draw");
        assertThat(paired.replay(2, 3, 42).value("draw")).isEqualTo(first);
        assertThat(paired.replay(1, 3, 42).value("draw")).isNotEqualTo(first);
        assertThat(paired.replay(0, 4, 42).value("draw")).isNotEqualTo(first);
    }

    @Test
    void otherwiseEveryConditionHasDrawsOfItsOwn() {
        Study<Fit> study = study().replicate((fit, stream) -> Row.of("draw", stream.nextDouble()));
        assertThat(study.replay(2, 3, 42).value("draw"))
                .isNotEqualTo(study.replay(0, 3, 42).value("draw"));
    }

    @Test
    void pairingOverSomethingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> study().paired("modle").replicate((fit, stream) -> Row.of("draw", 0)))
                .withMessage("study test/paired pairs over 'modle', which is no factor");
    }
}
