package io.verity.estimators.states;

import java.util.List;

/** The models that ship inside public Maven artifacts. Sizes and hashes are those of the jars on Maven Central. */
final class KnownModels {
    private static final String GROUP = "dev.langchain4j:langchain4j-embeddings-";
    private static final String VERSION = ":1.0.0-beta4";

    static final List<TextModel> ALL = List.of(
            new TextModel(
                    "minilm-q",
                    List.of(),
                    "all-MiniLM-L6-v2, 8-bit integers",
                    GROUP + "all-minilm-l6-v2-q" + VERSION,
                    16_430_302,
                    "3cbf7d9c8c39c4cbe9754196faf678eab6469b00b07468e33bed71f07f006caf",
                    "all-minilm-l6-v2-q.onnx",
                    "all-minilm-l6-v2-q-tokenizer.json",
                    6,
                    384,
                    true,
                    "Apache-2.0",
                    ""),
            new TextModel(
                    "bge-small-q",
                    List.of("bge-q"),
                    "BGE-small-en-v1.5, 8-bit integers",
                    GROUP + "bge-small-en-v15-q" + VERSION,
                    24_567_521,
                    "942d8b1fbae0e237d232a265356ec7244dcf5f598037329e00de6633a43f6b56",
                    "bge-small-en-v1.5-q.onnx",
                    "bge-small-en-v1.5-q-tokenizer.json",
                    12,
                    384,
                    true,
                    "MIT",
                    ""),
            new TextModel(
                    "e5-small-q",
                    List.of("e5-q"),
                    "E5-small-v2, 8-bit integers",
                    GROUP + "e5-small-v2-q" + VERSION,
                    24_715_671,
                    "78093c8d852b2d3548cea51de68cebd24df6b5d337e0a0044220fb9c05bbf074",
                    "e5-small-v2-q.onnx",
                    "e5-small-v2-q-tokenizer.json",
                    12,
                    384,
                    true,
                    "MIT",
                    "trained on texts that start with \"query: \" or \"passage: \"; a prefix is added only when asked for"),
            new TextModel(
                    "minilm",
                    List.of(),
                    "all-MiniLM-L6-v2, 32-bit floats",
                    GROUP + "all-minilm-l6-v2" + VERSION,
                    83_418_417,
                    "72623dc056a97f2978a650f4cc2c1f8140c19d84e099d3bb18521bdfd70779dd",
                    "all-minilm-l6-v2.onnx",
                    "all-minilm-l6-v2-tokenizer.json",
                    6,
                    384,
                    false,
                    "Apache-2.0",
                    ""));

    private KnownModels() {}
}
