package io.verity.estimators.procedures.probe;

import io.verity.estimators.data.NumpyFiles;
import io.verity.estimators.probe.LayerSweep;
import io.verity.estimators.probe.ProbeFile;
import io.verity.estimators.probe.RaptorResult;
import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where probes are saved: the best layer's as {@code NAME.json} with its concept vector in {@code NAME.npy}; where there are
 * several layers, every one's as {@code NAME-LAYER.json} and {@code NAME-LAYER.npy} too.
 *
 * @param base the path without its ending, or null to save nothing
 */
record SavedProbes(@Nullable Path base) {
    private static final String JSON = ".json";
    private static final String NPY = ".npy";

    /** Refuses a place that cannot be written before anything is computed. */
    static SavedProbes of(@Nullable String text) {
        String base = checked(text);
        return new SavedProbes(base == null ? null : Path.of(base));
    }

    /** The path without its ending, absolute; null where there is none. */
    static @Nullable String checked(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Arguments.require(text.endsWith(JSON), "option --save must name a .json file, but is '%s'", text);
        Path base = Path.of(text.substring(0, text.length() - JSON.length())).toAbsolutePath();
        Path folder = base.getParent();
        Arguments.require(folder != null && Files.isDirectory(folder), "the folder of --save %s does not exist", text);
        return base.toString();
    }

    /** Writes the probes; returns a line that says where. */
    Optional<String> write(ProbeData data, LayerSweep sweep) {
        Path path = base;
        if (path == null) {
            return Optional.empty();
        }
        int best = sweep.best();
        write(data, sweep, best, path.toString());
        if (sweep.results().size() > 1) {
            for (int k = 0; k < sweep.results().size(); k++) {
                write(data, sweep, k, path + "-" + sweep.names().get(k));
            }
        }
        return Optional.of("saved: " + path + JSON + " and " + path + NPY
                + (sweep.results().size() > 1 ? ", and one of each per layer" : ""));
    }

    private static void write(ProbeData data, LayerSweep sweep, int layer, String name) {
        RaptorResult fit = sweep.results().get(layer);
        ProbeFile file = ProbeFile.of(fit)
                .withName("layer", sweep.names().get(layer))
                .withName("negative", data.classes().get(0))
                .withName("positive", data.classes().get(1));
        (data.features().isEmpty() ? file : file.withFeatures(data.features())).save(Path.of(name + JSON));
        if (fit.probe().norm() > 0) {
            npy(Path.of(name + NPY), fit.conceptVector());
        }
    }

    static void npy(Path path, double[] vector) {
        try {
            NumpyFiles.write(path, vector);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + path + ": " + IoReason.of(e), e);
        }
    }
}
