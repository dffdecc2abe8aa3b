// The power of Welch's t test by group size and effect; docs/guide/own-study.md explains it.
// Run it with: ./verity jshell examples/power-study.jsh
import io.verity.simulations.studies.*;
import io.verity.stats.random.RandomStream;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.TTest;

record Design(int n, double effect) {}

double[] normals(int n, double mean, RandomStream stream) {
    return DoubleStream.generate(() -> mean + stream.nextGaussian()).limit(n).toArray();
}

Study<Design> study() {
    return Study.named("examples/power", Design.class)
            .title("Power of Welch's t test at level 0.05")
            .factor("n", 10, 20, 40)
            .factor("effect", 0.0, 0.5, 1.0)
            .metric("p", "p value")
            .measure(Measure.rejectionRate("power", "p", 0.05))
            .replicates(2000)
            .replicate((design, stream) -> {
                double[] control = normals(design.n(), 0, stream);
                double[] treated = normals(design.n(), design.effect(), stream);
                return Row.of("p", TTest.withDefaults().test(control, treated).getPValue());
            });
}

SimulationResult result = StudyRunner.withDefaults().withStore(Path.of("power.db")).run(study());
System.out.println(result);
