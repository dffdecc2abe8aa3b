package io.verity.cli;

import io.verity.stats.linalg.BackendInfo;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.BackendUnavailableException;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Version, Java and the active backend in one line. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String backend;
        try (DenseBackend active = Backends.open(BackendOptions.allProcessors())) {
            BackendInfo info = active.info();
            backend = "backend " + info.id() + ", " + info.threads() + (info.threads() == 1 ? " thread" : " threads");
        } catch (BackendUnavailableException e) {
            backend = e.getMessage();
        }
        return new String[] {
            "verity " + Provenance.VERSION + ", Java " + System.getProperty("java.version") + " ("
                    + System.getProperty("java.vendor") + "), " + backend
        };
    }
}
