package io.verity.estimators.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.procedures.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    @TempDir
    Path folder;

    private TextModel model(Path jar) throws IOException {
        return new TextModel(
                "toy",
                List.of(),
                "Toy",
                "g:toy:1",
                Files.size(jar),
                Hashes.of(jar),
                "toy.onnx",
                "toy.json",
                1,
                3,
                false,
                "-",
                "");
    }

    private Path jar(String... entries) throws IOException {
        Path jar = folder.resolve("toy-1.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    @Test
    void networkAndTokenizerAreReadFromTheJar() throws IOException {
        TextModel toy = model(jar("toy.onnx", "toy.json"));
        ModelFiles files = ModelStore.at(folder).files(toy);
        assertThat(new String(files.onnx(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("toy.onnx");
        assertThat(ModelStore.at(folder).hasFiles(toy)).isTrue();
    }

    @Test
    void aJarWithoutTokenizerIsDamaged() throws IOException {
        TextModel toy = model(jar("toy.onnx"));
        assertThatThrownBy(() -> ModelStore.at(folder).files(toy))
                .isInstanceOf(TextEncoderUnavailableException.class)
                .hasMessageContaining("there is no toy.json in it")
                .hasMessageContaining("--fetch toy");
    }

    @Test
    void aJarWithOtherBytesIsDamaged() throws IOException {
        Path jar = jar("toy.onnx", "toy.json");
        TextModel toy = model(jar);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[40] ^= 1;
        Files.write(jar, bytes);
        assertThatThrownBy(() -> ModelStore.at(folder).files(toy))
                .hasMessageContaining(jar + " is damaged: its bytes are not those of g:toy:1; delete it and run");
    }

    @Test
    void whatIsMissingIsSaidWithTheRemedy() {
        TextModel model = TextModel.named("bge-q");
        assertThat(ModelStore.at(folder).missing(model).orElseThrow())
                .endsWith("; run: verity probe models --fetch bge-small-q");
        assertThatThrownBy(() -> ModelStore.at(folder).files(model))
                .hasMessage("the model bge-small-q is not there; run: verity probe models --fetch bge-small-q");
    }

    @Test
    void withoutMavenOneSentenceSaysWhatToDo() {
        ModelDownload download = ModelDownload.into(ModelStore.at(folder)).withPath(List.of(folder.toString()));
        assertThat(download.plan(TextModel.named("minilm-q")).orElseThrow())
                .startsWith(
                        "the model minilm-q and the libraries that run it: 90 MB from Maven Central, Apache-2.0 and MIT");
        assertThatThrownBy(() -> download.fetch(TextModel.named("minilm-q"), Progress.NONE))
                .isInstanceOf(TextEncoderUnavailableException.class)
                .hasMessageContaining("there is no mvn on the PATH; install it")
                .hasMessageContaining("verity probe models --fetch minilm-q");
    }

    /** A build tool that brings what it is told to. */
    private ModelDownload download(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        return ModelDownload.into(ModelStore.at(folder.resolve("store"))).withPath(List.of(bin.toString()));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDownloadThatFailsSaysWhyAndLeavesNothing() throws IOException {
        ModelDownload failing = download("echo '[ERROR] host is unknown -> [Help 1]'; exit 1");
        assertThatThrownBy(() -> failing.fetch(TextModel.named("minilm-q"), Progress.NONE))
                .hasMessageContaining("Maven could not fetch the model: host is unknown; check the network and run");
        ModelDownload silent = download("exit 0");
        assertThatThrownBy(() -> silent.fetch(TextModel.named("minilm-q"), Progress.NONE))
                .hasMessageContaining("Maven did not bring dev.langchain4j");
        String jar = TextModel.named("minilm-q").jar();
        ModelDownload wrong =
                download("for a; do case $a in -DoutputDirectory=*) echo no > ${a#*=}/" + jar + ";; esac; done");
        assertThatThrownBy(() -> wrong.fetch(TextModel.named("minilm-q"), Progress.NONE))
                .hasMessageContaining("has the SHA-256 ")
                .hasMessageContaining("instead of 3cbf7d9c");
        try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("store"))) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly(".lock");
        }
    }
}
