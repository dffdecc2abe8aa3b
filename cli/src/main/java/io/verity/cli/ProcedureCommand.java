package io.verity.cli;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Option.Kind;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.reports.ReportWriter;
import io.verity.reports.Reports;
import io.verity.reports.model.Report;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command of one procedure: reads its options, runs it, prints and writes what it returns. */
final class ProcedureCommand implements Callable<Integer> {
    /** Options that every procedure has unless it declares one of the same name itself. */
    static final List<Option> COMMON = List.of(
            Option.of("out", Kind.TEXT, "write a report into this folder"),
            Option.of(
                    "json",
                    Kind.FILE,
                    "write machine-readable results; - is standard output, and nothing else goes there"),
            Option.of("seed", Kind.INTEGER, "master seed, where something is random"),
            Option.of("threads", Kind.INTEGER, "threads to use; does not change results"),
            Option.of("backend", Kind.TEXT, "matrix backend, see: verity backends"),
            Option.flag("quiet", "no progress"));

    private final Procedure procedure;
    private final Session session;
    private @Nullable CommandSpec spec;

    ProcedureCommand(Procedure procedure, Session session) {
        this.procedure = procedure;
        this.session = session;
    }

    /** @param made the specification that this command belongs to */
    void setSpec(CommandSpec made) {
        spec = made;
    }

    @Override
    public Integer call() {
        Map<String, String> given = given();
        Map<String, String> common = new LinkedHashMap<>();
        COMMON.stream()
                .map(Option::name)
                .filter(name ->
                        procedure.options().stream().noneMatch(o -> o.name().equals(name)))
                .filter(given::containsKey)
                .forEach(name -> common.put(name, given.remove(name)));
        JsonTarget json = JsonTarget.of(common.get("json"));
        json.check();
        String out = common.get("out");
        if (out != null) {
            ReportWriter.checkFolder(Path.of(out));
        }
        long start = System.nanoTime();
        Outcome outcome = run(given, common);
        double seconds = (System.nanoTime() - start) * 1e-9;
        outcome.diagnostics().warnings().forEach(session.terminal()::warning);
        if (!json.isStandardOutput()) {
            session.terminal().line(outcome.summary().stripTrailing());
        }
        json.write(OutcomeJson.of(outcome, seconds), session.terminal());
        if (out != null) {
            Path page = ReportFiles.write(report(outcome), Path.of(out));
            if (!json.isStandardOutput()) {
                session.terminal().line("report: " + page);
            }
        }
        return ExitCode.OK;
    }

    private Outcome run(Map<String, String> given, Map<String, String> common) {
        int threads = (int) whole(common, "threads", Runtime.getRuntime().availableProcessors());
        String backend = common.getOrDefault("backend", Backends.AUTO);
        try (DenseBackend opened =
                        Backends.open(backend, new BackendOptions(Arguments.atLeast("--threads", threads, 1)));
                ProcedureProgress progress = new ProcedureProgress(session.progress(common.containsKey("quiet")))) {
            Inputs inputs = Inputs.of(procedure, given, opened).withProgress(progress);
            return procedure.run(common.containsKey("seed") ? inputs.withSeed(whole(common, "seed", 0)) : inputs);
        }
    }

    /** Options on the command line, without their dashes. */
    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        if (spec != null) {
            for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
                Object value = option.getValue();
                if (value != null) {
                    given.put(option.longestName().substring(2), text(value));
                }
            }
        }
        given.remove("debug");
        return given;
    }

    private static String text(Object value) {
        return value instanceof List<?> repeated
                ? repeated.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }

    private static long whole(Map<String, String> values, String name, long otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option --" + name + " must be a whole number, but is '" + text + "'", e);
        }
    }

    /** What is one number or word, or a pair of them; lists and larger groups stand in the tables, and all of it in the JSON. */
    private static Map<String, @Nullable Object> singleValues(Map<String, @Nullable Object> result) {
        Map<String, @Nullable Object> single = new LinkedHashMap<>();
        result.forEach((key, value) -> {
            if (value instanceof Number || value instanceof Boolean || value instanceof String) {
                single.put(KeyWords.of(key), value);
            } else if (value instanceof Map<?, ?> group && group.size() <= 2) {
                group.forEach((name, part) -> {
                    if (part instanceof Number) {
                        single.put(KeyWords.of(key) + ", " + KeyWords.of(String.valueOf(name)), part);
                    }
                });
            }
        });
        return single;
    }

    private Report report(Outcome outcome) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>(outcome.data());
        details.putAll(outcome.options());
        details.put("converged", outcome.diagnostics().converged());
        if (outcome.diagnostics().iterations() != null) {
            details.put("iterations", outcome.diagnostics().iterations());
        }
        String title = String.join(" ", procedure.command());
        return Reports.ofFit(
                title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1),
                outcome.summary(),
                outcome.diagnostics().warnings(),
                singleValues(outcome.result()),
                outcome.tables(),
                outcome.figures(),
                details,
                outcome.provenance());
    }
}
