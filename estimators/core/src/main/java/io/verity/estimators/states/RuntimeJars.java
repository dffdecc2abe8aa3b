package io.verity.estimators.states;

import java.util.List;

/** The libraries that run a model. Sizes and hashes are those of the jars on Maven Central. */
final class RuntimeJars {
    /**
     * A library.
     *
     * @param artifact Maven coordinates
     * @param bytes size of its jar
     * @param sha256 of its jar
     * @param licence it is under
     */
    record Jar(String artifact, long bytes, String sha256, String licence) {
        String file() {
            String[] parts = artifact.split(":", -1);
            return parts[1] + "-" + parts[2] + ".jar";
        }
    }

    static final List<Jar> ALL = List.of(
            new Jar(
                    "com.microsoft.onnxruntime:onnxruntime:1.29.0",
                    54_400_660,
                    "5933bbc0c6c4d89afc04bf7c11011de23a947509c1352e5bf5936e62a84e4d10",
                    "MIT"),
            new Jar(
                    "ai.djl.huggingface:tokenizers:0.31.1",
                    18_114_160,
                    "0dd1e8f3662aa6c6b5b4635b1de8910426590146cbaecee45556a42e43d9d3fa",
                    "Apache-2.0"),
            new Jar(
                    "ai.djl:api:0.31.1",
                    946_723,
                    "5b17c6d74a714721ce5b6416b93f35372f8b0665676e7e2cab592a9417b56bc7",
                    "Apache-2.0"),
            new Jar(
                    "com.google.code.gson:gson:2.11.0",
                    298_435,
                    "57928d6e5a6edeb2abd3770a8f95ba44dce45f3b23b7a9dc2b309c581552a78b",
                    "Apache-2.0"));

    private RuntimeJars() {}
}
