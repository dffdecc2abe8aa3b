package io.verity.cli;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.Source;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyProvider;
import io.verity.stats.EstimationException;
import io.verity.stats.result.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A small paper, a slow study and a procedure of many moods, which the service loader finds in the tests. */
final class Fixtures {
    private Fixtures() {}

    /** One claim that comes out as expected, with its control, and one that does not. */
    public static final class Claims implements Paper {
        @Override
        public String name() {
            return "toy";
        }

        @Override
        public String title() {
            return "On counting";
        }

        @Override
        public String citation() {
            return "A. Nobody, arXiv 0000.00000";
        }

        @Override
        public List<Claim> claims() {
            Source source = new Source("A. Nobody", title(), "arXiv 0000.00000", "Theorem 1", false);
            return io.verity.simulations.claims.Claims.inOrder(
                    io.verity.simulations.claims.Claims.claim("toy/TC-01")
                            .from(source)
                            .title("One is below two")
                            .states("\\(1 < 2\\).")
                            .verifiedBy(context ->
                                    Always.of("gap").below("one", 1.0, 2.0).verdict())
                            .control(
                                    "Two is below one",
                                    "\\(2 < 1\\).",
                                    context -> Always.of("gap")
                                            .below("two", 2.0, 1.0)
                                            .verdict()),
                    io.verity.simulations.claims.Claims.claim("toy/TC-02")
                            .from(source)
                            .title("Three is below two")
                            .states("\\(3 < 2\\).")
                            .verifiedBy(context ->
                                    Always.of("gap").below("three", 3.0, 2.0).verdict())
                            .control(
                                    "Two is below one",
                                    "\\(2 < 1\\).",
                                    context -> Always.of("gap")
                                            .below("two", 2.0, 1.0)
                                            .verdict()));
        }
    }

    /** Sleeps a little in every replicate. */
    record Nap(int millis, double mean) {}

    /**
     * A study that can be interrupted, and one that fails. The first draws no more replicates in a process than the system
     * property verity.test.naps says, so that such a process has not ended before it is stopped.
     */
    public static final class Studies implements StudyProvider {
        private final long limit = Long.getLong("verity.test.naps", Long.MAX_VALUE);
        private final AtomicLong naps = new AtomicLong();

        @Override
        public List<Study<?>> studies() {
            return List.of(
                    Study.named("toy/nap", Nap.class)
                            .title("Naps")
                            .factor("millis", 5)
                            .factor("mean", 0.0, 1.0)
                            .metric("value", "value")
                            .replicates(40)
                            .chunk(5)
                            .replicate((nap, stream) -> {
                                if (naps.incrementAndGet() > limit) {
                                    awaitEndOfInput();
                                }
                                Thread.sleep(nap.millis());
                                return Row.of("value", nap.mean() + stream.nextGaussian());
                            }),
                    Study.named("toy/broken", Nap.class)
                            .title("Fails")
                            .factor("millis", 0)
                            .factor("mean", 0.0)
                            .metric("value", "value")
                            .replicates(40)
                            .replicate((nap, stream) -> {
                                throw new ArithmeticException("no number");
                            }));
        }
    }

    /** Does what its option says. */
    public static final class Toy implements Procedure {
        @Override
        public List<String> command() {
            return List.of("fit", "toy");
        }

        @Override
        public String summary() {
            return "Does what it is told";
        }

        @Override
        public String description() {
            return "A procedure for tests, 100 % safe.";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.choice("mood", List.of("calm", "hopeless", "broken", "sleepy"), "calm", "what happens"),
                    Option.required("level", Option.Kind.NUMBER, "any number, 5 % or so"));
        }

        @Override
        public String example() {
            return "verity fit toy --level 3";
        }

        @Override
        public Outcome run(Inputs inputs) {
            switch (inputs.text("mood")) {
                case "hopeless" ->
                    throw new EstimationException("all rows are of one class", "collect rows of the other class");
                case "broken" -> throw new IllegalStateException("a stone\nin the shoe");
                case "sleepy" -> {
                    System.err.println("zzz");
                    awaitEndOfInput();
                }
                default -> {}
            }
            return Outcome.of("toy")
                    .data(Map.of("rows", 3L))
                    .options(inputs.effective())
                    .result("level", inputs.number("level"))
                    .result("values", new double[] {1, Double.NaN, 0.1 + 0.2})
                    .result("limit", Double.POSITIVE_INFINITY)
                    .result("nested", Map.of("inner", Double.NEGATIVE_INFINITY))
                    .missing("errors", "they are not defined here")
                    .warning("column x is constant")
                    .summary("level " + inputs.number("level"))
                    .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
        }
    }

    /** In a process that a test has started: until the test ends it, or ends itself. */
    private static void awaitEndOfInput() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
