package io.verity.cli;

import io.verity.simulations.studies.Condition;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verity replay}: one replicate of a study alone, exactly as the study runs it. */
@Command(
        name = "replay",
        description = {
            "Run one replicate of a study alone, exactly as the study runs it, and print what it reports.",
            "With --debug, a replicate that fails shows where."
        },
        footer = {"", "Example: verity replay large-step/separation --condition 3 --replicate 17 --seed 42"})
final class ReplayCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "STUDY", description = "name of a study")
    private String name = "";

    @Option(names = "--condition", paramLabel = "K", required = true, description = "index of the condition, from 0")
    private int condition;

    @Option(names = "--replicate", paramLabel = "R", required = true, description = "number of the replicate, from 0")
    private long replicate;

    @Option(
            names = "--set",
            paramLabel = "FACTOR=VALUE[,VALUE...]",
            description = "values of a factor, as given to simulate; may be repeated")
    private List<String> settings = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "master seed (default " + StudyRunner.DEFAULT_SEED + ")")
    private long seed = StudyRunner.DEFAULT_SEED;

    ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Study<?> study = Factors.applied(settings, Studies.find(name));
        Row row = study.replay(condition, replicate, seed);
        Condition<?> replayed = study.conditions().get(condition);
        session.terminal()
                .line(study.name() + ", condition " + condition + " (" + replayed.label() + "), replicate " + replicate
                        + ", seed " + seed);
        int width =
                row.values().keySet().stream().mapToInt(String::length).max().orElse(0);
        // All digits: whoever replays a replicate compares.
        row.values().forEach((metric, value) -> session.terminal().line(Text.padded(metric, width) + "  " + value));
        return ExitCode.OK;
    }
}
