package io.verity.cli;

import io.verity.reports.Reports;
import io.verity.reports.model.Report;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Study;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report of a study's result. */
final class SimulationReport {
    private SimulationReport() {}

    /**
     * @param result any result
     * @param command makes it again
     * @return its report
     */
    static Report of(SimulationResult result, String command) {
        Study<?> study = result.study();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(study.factors());
        facts.put(
                "replicates",
                result.conditions().stream()
                        .mapToLong(ConditionSummary::replicates)
                        .sum());
        facts.put(
                "failures",
                result.conditions().stream()
                        .mapToLong(ConditionSummary::failures)
                        .sum());
        facts.put("engine", result.execution().engine());
        facts.put("threads", result.execution().threads());
        facts.put("seconds", result.execution().seconds());
        return Reports.ofSimulation(
                study.name(), study.title(), facts, result.tables(), result.figures(), command, result.provenance());
    }

    /**
     * @param study name of a study
     * @return name of a folder for its report
     */
    static String folderName(String study) {
        return study.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}
