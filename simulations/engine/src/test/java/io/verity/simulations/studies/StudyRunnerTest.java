package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyRunnerTest {
    record Normal(double mean, int n) {}

    static StudyBuilder<Normal> normal() {
        return Study.named("test/normal", Normal.class)
                .factor("mean", 0.0, 0.5)
                .factor("n", 3, 10)
                .metric("average", "average of n draws")
                .trajectory("sum", "running sum", "")
                .measure(Measure.bias("bias", "average", Normal::mean))
                .replicates(120)
                .chunk(7);
    }

    static Row draw(Normal c, io.verity.stats.random.RandomStream stream) {
        Row row = new Row();
        double sum = 0;
        for (int i = 1; i <= c.n(); i++) {
            sum += c.mean() + stream.nextGaussian();
            row.put("sum", i, sum);
        }
        return row.put("average", sum / c.n());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void summariesDoNotDependOnThreads(int threads) {
        Study<Normal> study = normal().replicate(StudyRunnerTest::draw);
        SimulationResult one = StudyRunner.withDefaults().withThreads(1).run(study);
        SimulationResult many = StudyRunner.withDefaults().withThreads(threads).run(study);
        assertThat(many.conditions().toString()).isEqualTo(one.conditions().toString());
    }
}
