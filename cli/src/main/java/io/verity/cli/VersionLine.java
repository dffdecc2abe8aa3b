package io.verity.cli;

import io.verity.stats.result.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Version, Java and the active backend in one line. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "verity " + Provenance.VERSION + " (Java " + System.getProperty("java.version") + ", "
                    + System.getProperty("java.vendor") + ")"
        };
    }
}
