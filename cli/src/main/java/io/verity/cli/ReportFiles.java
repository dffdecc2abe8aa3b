package io.verity.cli;

import io.verity.reports.Format;
import io.verity.reports.ReportWriter;
import io.verity.reports.model.Report;
import java.nio.file.Path;
import java.util.EnumSet;

/** The report that commands leave behind: the page, and the data from which {@code verity report} makes other formats. */
final class ReportFiles {
    private ReportFiles() {}

    /**
     * @param report what to write
     * @param folder where to
     * @return the page
     */
    static Path write(Report report, Path folder) {
        ReportWriter.write(report, folder, EnumSet.of(Format.HTML, Format.JSON));
        return folder.resolve(ReportWriter.HTML_FILE);
    }
}
