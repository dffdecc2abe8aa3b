package io.verity.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.MeasureSummary;
import io.verity.simulations.studies.SimulationResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PowerStudyTest {
    private final SimulationResult result = PowerStudy.study().run();

    /**
     * scipy 1.17.1, {@code nct.sf(t.ppf(.975, 2n-2), 2n-2, effect*sqrt(n/2)) + nct.cdf(-..)}. These are the powers of the
     * pooled test; with equal groups Welch's differs by less than 0.002.
     */
    @Test
    void powerAgreesWithTheNoncentralDistribution() {
        Map<String, Double> exact = Map.of(
                "n=10, effect=0.5", 0.18509565629116628,
                "n=10, effect=1", 0.5620066465861493,
                "n=20, effect=0.5", 0.3379390289250411,
                "n=20, effect=1", 0.8689530277239899,
                "n=40, effect=0.5", 0.5981469011411,
                "n=40, effect=1", 0.9929847710950582);
        exact.forEach((condition, power) -> {
            MeasureSummary found = result.condition(condition).measure("power");
            assertThat(found.value()).as(condition).isCloseTo(power, within(0.002 + 4 * found.mcse()));
        });
    }

    @Test
    void withoutEffectTheTestKeepsItsLevel() {
        for (ConditionSummary condition : result.conditions()) {
            if (condition.condition().factors().get("effect").equals(0.0)) {
                MeasureSummary found = condition.measure("power");
                assertThat(found.value()).isCloseTo(0.05, within(0.002 + 4 * found.mcse()));
            }
        }
    }

    @Test
    void theResultPrintsAsOneLinePerCondition() {
        assertThat(result.toString().lines()).hasSize(10).first().isEqualTo("examples/power, version 1, seed 42");
        assertThat(result.toString())
                .containsPattern("\n  n=40, effect=1: power 0\\.99\\d\\d \\(MCSE 0.00\\d\\d\\), 2000 replicates");
    }
}
