package io.verity.cli;

import io.verity.reports.ReportWriter;
import io.verity.simulations.studies.StudyRunner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results are kept and where the report goes. */
final class StoreOptions {
    private static final Path DEFAULT_FOLDER = Path.of("verity-out");

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "keep finished work in this file (default: store.db in the output folder)")
    private @Nullable Path store;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the report (default: verity-out)")
    private @Nullable Path out;

    /** @throws IllegalArgumentException if the folder cannot be made or written to */
    void check() {
        ReportWriter.checkFolder(folder());
    }

    /** @return where finished work is kept */
    Path store() {
        return store == null ? storeIn(folder()) : store;
    }

    /**
     * @param folder an output folder
     * @return where finished work is kept unless another file is named
     */
    static Path storeIn(Path folder) {
        return folder.resolve("store.db");
    }

    /**
     * @param runner runs one study
     * @return the runner with its store: the default one is shared by all work, but a file named for this study must not be
     *     another's
     */
    StudyRunner keep(StudyRunner runner) {
        return store == null ? runner.withStore(store()) : runner.withOwnStore(store);
    }

    /** @return the output folder */
    Path folder() {
        return out == null ? DEFAULT_FOLDER : out;
    }

    /**
     * @param study name of a study
     * @return where its report goes: inside the default folder one of its own, so that reports do not replace each other
     */
    Path reportFolder(String study) {
        return out == null ? DEFAULT_FOLDER.resolve(folderName(study)) : out;
    }

    /**
     * @param study name of a study
     * @return name of a folder for its report
     */
    static String folderName(String study) {
        return study.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}
