package io.verity.cli;

import io.verity.estimators.procedures.Procedure;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.PaperRegistry;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.studies.Studies;
import io.verity.stats.Names;
import io.verity.stats.linalg.Backends;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verity list}: what there is. */
@Command(
        name = "list",
        description = "List papers, claims, estimators, studies and backends.",
        footer = {"", "Example: verity list claims"})
final class ListCommand implements Callable<Integer> {
    private final Session session;
    private final Map<String, Supplier<List<Entry>>> kinds = new LinkedHashMap<>();

    @Parameters(
            paramLabel = "KIND",
            arity = "0..*",
            description = "papers, claims, estimators, studies or backends; all of them when none is named")
    private List<String> chosen = List.of();

    ListCommand(Session session) {
        this.session = session;
        kinds.put("papers", ListCommand::papers);
        kinds.put("claims", ListCommand::claims);
        kinds.put("estimators", ListCommand::procedures);
        kinds.put("studies", ListCommand::studies);
        kinds.put("backends", ListCommand::backends);
    }

    @Override
    public Integer call() {
        for (String kind : chosen) {
            if (!kinds.containsKey(kind)) {
                throw new IllegalArgumentException(
                        "there is nothing called '" + kind + "' to list" + Names.suggestion(kind, kinds.keySet(), ""));
            }
        }
        Collection<String> shown = chosen.isEmpty() ? kinds.keySet() : new LinkedHashSet<>(chosen);
        kinds.forEach((kind, entries) -> {
            if (shown.contains(kind)) {
                if (shown.size() > 1) {
                    session.terminal().line(kind);
                }
                print(entries.get(), shown.size() > 1 ? "  " : "");
            }
        });
        return ExitCode.OK;
    }

    private void print(List<Entry> entries, String indent) {
        int width = entries.stream().mapToInt(e -> e.name().length()).max().orElse(0);
        for (Entry entry : entries) {
            session.terminal().line(indent + Text.padded(entry.name(), width) + "  " + entry.text());
        }
    }

    private static List<Entry> papers() {
        return allPapers()
                .map(p -> new Entry(p.name(), p.title() + " (" + p.citation() + ")"))
                .toList();
    }

    private static List<Entry> claims() {
        return allPapers()
                .flatMap(p -> p.claims().stream())
                .map(c -> new Entry(c.id().toString(), described(c)))
                .toList();
    }

    private static String described(Claim claim) {
        boolean isFalse = claim.expected() == Verdict.Kind.REFUTED && !claim.finding();
        String kind = isFalse ? " [must be refuted]" : claim.finding() ? " [finding]" : "";
        return claim.title() + kind + " (" + claim.source().citation() + ")";
    }

    private static List<Entry> procedures() {
        return Procedure.all().stream()
                .map(p -> new Entry(String.join(" ", p.command()), p.summary()))
                .toList();
    }

    private static List<Entry> studies() {
        return Studies.all().stream()
                .map(s -> new Entry(s.name(), s.title() + " (" + s.conditions().size() + " conditions)"))
                .toList();
    }

    private static List<Entry> backends() {
        return Backends.candidates().stream()
                .map(b -> new Entry(
                        b.id(),
                        b.unavailableBecause()
                                .map(why -> "not available: " + why)
                                .orElse("available")))
                .toList();
    }

    private static Stream<Paper> allPapers() {
        return PaperRegistry.load().papers().stream();
    }

    private record Entry(String name, String text) {}
}
