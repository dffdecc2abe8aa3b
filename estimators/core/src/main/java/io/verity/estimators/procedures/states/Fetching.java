package io.verity.estimators.procedures.states;

import io.verity.estimators.procedures.Progress;
import io.verity.estimators.states.ModelDownload;
import io.verity.estimators.states.ModelStore;
import io.verity.estimators.states.TextModel;
import java.io.IOException;
import java.util.Optional;

/** Downloads of models, as commands speak of them. */
final class Fetching {
    private Fetching() {}

    /**
     * Fetches what is missing.
     *
     * @param store to fill
     * @param model wanted
     * @param progress hears what is being fetched
     * @return what was fetched, one sentence; empty if nothing was missing
     * @throws IllegalArgumentException if the store's folder cannot be written
     */
    static Optional<String> sentence(ModelStore store, TextModel model, Progress progress) {
        ModelDownload download = ModelDownload.into(store);
        Optional<String> plan = download.plan(model);
        try {
            return download.fetch(model, progress) ? plan.map(what -> "fetched " + what) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot keep text models in " + store.folder()
                            + "; set XDG_CACHE_HOME to a folder that can be written (" + e + ")",
                    e);
        }
    }
}
