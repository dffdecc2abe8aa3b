package io.verity.estimators.onnx;

import io.verity.estimators.states.ModelFiles;
import io.verity.estimators.states.TextEncoder;
import io.verity.estimators.states.TextEncoderProvider;
import io.verity.estimators.states.TextModel;
import java.util.List;
import java.util.Optional;

/** For the service loader. Names no type of the libraries, so that it can be made where they are missing. */
public final class OnnxProvider implements TextEncoderProvider {
    private static final List<String> NEEDED =
            List.of("ai.onnxruntime.OrtEnvironment", "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer");

    /** For the service loader. */
    public OnnxProvider() {}

    @Override
    public String runtime() {
        return "ONNX Runtime";
    }

    @Override
    public Optional<String> missing() {
        return NEEDED.stream().filter(name -> !isThere(name)).findFirst();
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, OnnxProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public TextEncoder open(TextModel model, ModelFiles files, int threads) {
        return HiddenStates.of(model, files, threads);
    }
}
