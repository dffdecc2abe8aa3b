package io.verity.estimators.states;

import io.verity.estimators.procedures.Progress;
import java.util.List;

/** States that say which text and layer they belong to: layer k of text i is (i, k, length). */
final class FakeEncoder implements TextEncoder {
    static final TextModel MODEL =
            new TextModel("fake", List.of(), "Fake", "g:a:1", 0, "", "fake.onnx", "fake.json", 1, 3, false, "none", "");

    private final int failAt;

    FakeEncoder(int failAt) {
        this.failAt = failAt;
    }

    @Override
    public TextModel model() {
        return MODEL;
    }

    @Override
    public List<String> layerNames() {
        return List.of("layer-00", "layer-01");
    }

    @Override
    public long[] tokens(String text, Encoding encoding) {
        return new long[] {1, text.length(), 2};
    }

    @Override
    public int encode(List<String> texts, Encoding encoding, int[] layers, Sink sink, Progress progress) {
        for (int i = 0; i < texts.size(); i++) {
            if (i == failAt) {
                throw new IllegalStateException("stopped at text " + i);
            }
            for (int k = 0; k < layers.length; k++) {
                sink.take(k, i, new float[][] {{i, layers[k], texts.get(i).length()}});
            }
            progress.update("running", i + 1, texts.size());
        }
        return 0;
    }

    @Override
    public void close() {}
}
