package io.verity.cli;

import io.verity.reports.Reports;
import io.verity.reports.model.Report;
import io.verity.simulations.studies.SimulationResult;

/** The report of a study's result. */
final class SimulationReport {
    private SimulationReport() {}

    /**
     * @param result any result
     * @param command makes it again
     * @return its report
     */
    static Report of(SimulationResult result, String command) {
        return Reports.of(result, command);
    }

    /**
     * @param study name of a study
     * @return name of a folder for its report
     */
    static String folderName(String study) {
        return study.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}
