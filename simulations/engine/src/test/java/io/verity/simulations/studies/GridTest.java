package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    enum Shape {
        ROUND,
        SQUARE
    }

    record Design(double effect, int n, long big, boolean paired, String label, Shape shape) {
        Design {
            if (n < 2) {
                throw new IllegalArgumentException("n must be at least 2, but is " + n);
            }
        }
    }

    private static StudyBuilder<Design> designs() {
        return Study.named("test/designs", Design.class)
                .factor("effect", 0, 0.5)
                .factor("n", 10)
                .factor("big", 1L << 40, 7)
                .factor("paired", true)
                .factor("label", "a")
                .factor("shape", Shape.ROUND, "square")
                .metric("x", "x");
    }

    private static Study<Design> study() {
        return designs().replicate((c, stream) -> Row.of("x", 0));
    }

    @Test
    void theLastFactorVariesFastest() {
        List<Condition<Design>> conditions = study().conditions();
        assertThat(conditions).hasSize(8).extracting(Condition::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(conditions.get(0).value()).isEqualTo(new Design(0, 10, 1L << 40, true, "a", Shape.ROUND));
        assertThat(conditions.get(1).value().shape()).isEqualTo(Shape.SQUARE);
        assertThat(conditions.get(2).value().big()).isEqualTo(7);
        assertThat(conditions.get(4).value().effect()).isEqualTo(0.5);
        assertThat(conditions.get(7).label()).isEqualTo("effect=0.5, n=10, big=7, paired=true, label=a, shape=SQUARE");
    }

    @Test
    void valuesOfAFactorAreReplacedByTheirTexts() {
        Study<Design> changed = study().withFactor("effect", List.of("1e-3", " 2 "))
                .withFactor("n", List.of("5", "6"))
                .withFactor("big", List.of("9007199254740993"))
                .withFactor("paired", List.of("false"))
                .withFactor("label", List.of("some text"))
                .withFactor("shape", List.of("Square"));
        assertThat(changed.conditions())
                .extracting(Condition::value)
                .containsExactly(
                        new Design(0.001, 5, 9007199254740993L, false, "some text", Shape.SQUARE),
                        new Design(0.001, 6, 9007199254740993L, false, "some text", Shape.SQUARE),
                        new Design(2, 5, 9007199254740993L, false, "some text", Shape.SQUARE),
                        new Design(2, 6, 9007199254740993L, false, "some text", Shape.SQUARE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "efect  | 1       | there is no factor 'efect'; did you mean effect? (factors: effect, n, big,",
                "effect | big     | factor 'effect' takes finite numbers, but a value is 'big'",
                "effect | NaN     | factor 'effect' takes finite numbers, but a value is 'NaN'",
                "n      | 1.5     | factor 'n' takes whole numbers (int), but a value is '1.5'",
                "n      | 9999999999 | factor 'n' takes whole numbers (int)",
                "big    | 1e3     | factor 'big' takes whole numbers (long), but a value is '1e3'",
                "paired | yes     | factor 'paired' takes true or false, but a value is 'yes'",
                "shape  | sqare   | takes one of ROUND, SQUARE, but a value is 'sqare'; did you mean SQUARE?",
                "n      | 1       | is refused: n must be at least 2, but is 1",
            })
    void valuesThatDoNotFitAreNamed(String factor, String value, String message) {
        assertThatThrownBy(() -> study().withFactor(factor, List.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void noConditionStandsTwice() {
        assertThatThrownBy(() -> study().withFactor("n", List.of("3", "3")))
                .hasMessageContaining("stands twice in the grid");
        assertThatThrownBy(() -> designs().factor("effect", 0.0, -0.0).replicate((c, stream) -> Row.of("x", 0)))
                .hasMessageContaining("stands twice in the grid");
    }

    @Test
    void everyComponentNeedsValues() {
        assertThatThrownBy(() -> designs().factor("label").replicate((c, stream) -> Row.of("x", 0)))
                .hasMessage("factor 'label' has no values");
        assertThatThrownBy(() -> designs().factor("colour", "red").replicate((c, stream) -> Row.of("x", 0)))
                .hasMessageContaining("there is no factor 'colour'");
        assertThatThrownBy(() -> designs().factor("n", 2.5).replicate((c, stream) -> Row.of("x", 0)))
                .hasMessageContaining("factor 'n' takes whole numbers (int), but a value is 2.5");
    }

    @Test
    void onlyPlainTypesAreFactors() {
        record Odd(double[] values) {}
        assertThatThrownBy(() -> Study.named("s", Odd.class)
                        .conditions(List.of(new Odd(new double[1])))
                        .metric("x", "x")
                        .replicate((c, stream) -> Row.of("x", 0)))
                .hasMessageContaining("component 'values' of a condition is a double[]");
    }

    @Test
    void anExplicitListIsNarrowedToTheConditionsThatHaveTheValues() {
        Study<Walk> study = Study.named("s", Walk.class)
                .conditions(List.of(new Walk(0, 1), new Walk(1, 1), new Walk(1, 2)))
                .metric("x", "x")
                .replicate((c, stream) -> Row.of("x", 0));
        assertThat(study.withFactor("n", List.of("1")).conditions())
                .extracting(Condition::value)
                .containsExactly(new Walk(0, 1), new Walk(1, 1));
        assertThatThrownBy(() -> study.withFactor("n", List.of("1", "5")))
                .hasMessageContaining("no condition has n=5")
                .hasMessageContaining("[1, 2]");
        assertThat(study.factors()).containsEntry("mean", List.of(0.0, 1.0)).containsEntry("n", List.of(1L, 2L));
    }

    @Test
    void theHashOfAConditionIsTheSameOnEveryPlatform() {
        // first eight bytes of `printf 'mean=double:0x1.0p-1;n=whole:3;' | sha256sum`
        Study<Walk> study = Walk.study().replicate(Walk::draw);
        assertThat(Long.toHexString(study.conditions().get(2).cell())).isEqualTo("bd8fd342fee27b93");
    }
}
