package io.verity.estimators.procedures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.stats.linalg.Backends;
import io.verity.stats.result.Provenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputsTest {
    private static final Procedure PROCEDURE = new Procedure() {
        @Override
        public List<String> command() {
            return List.of("test", "command");
        }

        @Override
        public String summary() {
            return "Test";
        }

        @Override
        public String description() {
            return "Test.";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.required("data", Option.Kind.FILE, "a file"),
                    Option.of("rate", Option.Kind.NUMBER, "a number").withDefault("0.5"),
                    Option.of("count", Option.Kind.INTEGER, "a whole number"),
                    Option.flag("loud", "a flag"),
                    Option.choice("kind", List.of("one", "two"), "one", "a word"));
        }

        @Override
        public String example() {
            return "verity test command --data file";
        }

        @Override
        public Outcome run(Inputs inputs) {
            return Outcome.of("test").build(Provenance.here("java", inputs.seed()));
        }
    };

    private static Inputs inputs(Map<String, String> given) {
        return Inputs.of(PROCEDURE, given, Backends.shared());
    }

    @Test
    void absentOptionsTakeTheirDefaults() {
        Inputs inputs = inputs(Map.of("data", "a.csv"));
        assertThat(inputs.number("rate")).isEqualTo(.5);
        assertThat(inputs.optionalInteger("count")).isEmpty();
        assertThat(inputs.flag("loud")).isFalse();
        assertThat(inputs.text("kind")).isEqualTo("one");
        assertThat(inputs.isGiven("rate")).isFalse();
        assertThat(inputs.effective())
                .containsExactly(
                        Map.entry("data", "a.csv"),
                        Map.entry("rate", .5),
                        Map.entry("loud", false),
                        Map.entry("kind", "one"));
        assertThat(inputs.seed()).isNull();
        assertThat(inputs.withSeed(7).seed()).isEqualTo(7);
    }

    @Test
    void wrongOptionsAreRefusedWhenGiven() {
        assertThatThrownBy(() -> inputs(Map.of())).hasMessage("option --data is required");
        refuses("rate", "fast", "--rate must be a finite number, but is 'fast'");
        refuses("rate", "Infinity", "--rate must be a finite number");
        refuses("count", "1.5", "--count must be a whole number, but is '1.5'");
        refuses("loud", "yes", "--loud takes no value");
        refuses("kind", "three", "--kind is 'three', but must be one of one, two");
        refuses("data", "", "--data is empty");
        refuses("kin", "one", "unknown option --kin; did you mean --kind?");
    }

    private static void refuses(String name, String value, String message) {
        Map<String, String> given = name.equals("data") ? Map.of(name, value) : Map.of("data", "a.csv", name, value);
        assertThatThrownBy(() -> inputs(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void outcomesHoldOnlyWhatCanBeWritten() {
        Outcome outcome = Outcome.of("test")
                .result("count", 3)
                .result("values", new double[] {1, Double.NaN})
                .missing("absent", "it does not apply")
                .build(Provenance.here("java", null));
        assertThat(outcome.result()).containsEntry("count", 3L).containsEntry("absent", null);
        assertThat(outcome.notes()).containsEntry("absent", "it does not apply");
        assertThatThrownBy(() -> Outcome.of("test").result("bad", new Object()).build(Provenance.here("java", null)))
                .hasMessageContaining("bad holds a java.lang.Object");
    }

    @Test
    void everyProcedureDescribesItself() {
        for (Procedure procedure : Procedure.all()) {
            assertThat(procedure.command()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(procedure.summary()).isNotBlank().doesNotEndWith(".");
            assertThat(procedure.description()).endsWith(".");
            assertThat(procedure.example()).startsWith("verity " + String.join(" ", procedure.command()));
            assertThat(procedure.options()).extracting(Option::name).doesNotHaveDuplicates();
            procedure
                    .options()
                    .forEach(option -> assertThat(option.help()).isNotBlank().doesNotEndWith("."));
        }
    }
}
