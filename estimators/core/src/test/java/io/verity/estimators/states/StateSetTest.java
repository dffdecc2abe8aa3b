package io.verity.estimators.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.NumericArray;
import io.verity.estimators.data.NumpyFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files were written by NumPy 1.24. */
class StateSetTest {
    @TempDir
    Path folder;

    private static Path file(String name) {
        try {
            return Path.of(StateSetTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void positivesStandAboveNegatives() {
        StateSet states = StateSet.read(file("signed.npz"), List.of());
        assertThat(states.layers().names()).containsExactly("layer-00", "layer-01");
        assertThat(states.column("label")).containsExactly("1", "1", "0", "0", "0");
        DMatrixRMaj second = states.layers().load(1);
        assertThat(second.getNumRows()).isEqualTo(5);
        assertThat(second.get(0, 0)).isEqualTo(10.25);
        assertThat(second.get(4, 2)).isEqualTo(-18.5);
        assertThat(states.facts()).containsEntry("rows", 5L).containsEntry("layers", 2L);
    }

    @Test
    void matricesAreLayersInNaturalOrderAndVectorsAreColumns() {
        StateSet states = StateSet.read(file("plain.npz"), List.of());
        assertThat(states.layers().names()).containsExactly("half", "layer_2", "layer_10");
        assertThat(states.column("label")).containsExactly("1", "0", "1", "0");
        assertThat(states.layers().load(0).data).startsWith(0.5, -2, 5.960464477539063e-08, 65504);
        assertThat(states.layers().load(1).data).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(states.layers().load(2).data).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThatThrownBy(() -> states.column("lable")).hasMessageContaining("did you mean label?");
    }

    @Test
    void arraysWhoseChecksumDoesNotFitAreRefused() throws IOException {
        Path npy = folder.resolve("layer.npy");
        NumpyFiles.write(npy, new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}}));
        byte[] array = Files.readAllBytes(npy);
        Path npz = folder.resolve("damaged.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(npz))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            out.putNextEntry(new ZipEntry("layer.npy"));
            out.write(array);
        }
        assertThat(NumpyFiles.read(npz, "layer").values()).containsExactly(1, 2, 3, 4);
        byte[] bytes = Files.readAllBytes(npz);
        byte[] last = Arrays.copyOfRange(array, array.length - Double.BYTES, array.length);
        int at = Collections.indexOfSubList(boxed(bytes), boxed(last));
        bytes[at + 5] ^= 1; // another number, as finite as the one before
        Files.write(npz, bytes);
        assertThatThrownBy(() -> NumpyFiles.read(npz, "layer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("array 'layer' of")
                .hasMessageContaining("damaged");
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }

    @Test
    void vectorsOfTextsAreColumns() {
        StateSet states = StateSet.read(file("labelled.npz"), List.of());
        assertThat(states.layers().names()).containsExactly("states");
        assertThat(states.column("concept")).containsExactly("vrai", "faux", "绿😀");
        assertThat(states.column("big")).containsExactly("a", "", "long");
        assertThat(states.column("raw")).containsExactly("yes", "no", "yes");
        assertThat(DataReader.withDefaults()
                        .withText(List.of("x1"))
                        .read(file("texts.npy"))
                        .texts("x1"))
                .isNotEmpty();
    }

    @Test
    void objectsAreRefusedWithARemedy() {
        assertThatThrownBy(() -> StateSet.read(file("objects.npz"), List.of()))
                .hasMessageContaining("array 'concept' of")
                .hasMessageContaining("save it with .astype(str)");
    }

    @Test
    void bothByteOrdersAndMemoryOrdersAreRead() {
        assertThat(NumpyFiles.read(file("big_endian.npy")).values()).containsExactly(0, .25, .5, .75, 1, 1.25);
        assertThat(NumpyFiles.read(file("fortran.npy")).values()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(NumpyFiles.read(file("truth.npy")).values()).containsExactly(1, 0);
        NumericArray vector = NumpyFiles.read(file("version3.npy"));
        assertThat(vector.vector()).isTrue();
        assertThat(vector.values()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatIsNoMatrixOfNumbersIsRefused() throws IOException {
        assertThatThrownBy(() -> StateSet.read(file("cube.npy"), List.of())).hasMessageContaining("3 dimensions");
        assertThatThrownBy(() -> StateSet.read(file("texts.npy"), List.of())).hasMessageContaining("real numbers");
        assertThatThrownBy(() -> StateSet.read(file("version3.npy"), List.of())).hasMessageContaining("a vector");
        assertThatThrownBy(() -> StateSet.read(folder.resolve("none.npz"), List.of()))
                .hasMessageContaining("no such file");
        Path fake = Files.writeString(folder.resolve("fake.npz"), "no zip");
        assertThatThrownBy(() -> StateSet.read(fake, List.of())).hasMessageContaining("cannot read " + fake);
        byte[] whole = Files.readAllBytes(file("big_endian.npy"));
        Path cut = Files.write(folder.resolve("cut.npy"), java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> StateSet.read(cut, List.of())).hasMessageContaining("ends before its 3 x 2 entries");
        NumpyFiles.write(folder.resolve("nan.npy"), new DMatrixRMaj(new double[][] {{1, 2}, {3, Double.NaN}}));
        assertThatThrownBy(() -> StateSet.read(folder.resolve("nan.npy"), List.of()))
                .hasMessageContaining("NaN at row 2, column 2");
    }

    @Test
    void tablesOfNumbersAreOneLayer() throws IOException {
        Path csv = Files.writeString(folder.resolve("x.csv"), "a,y,b,split\n1,0,2,train\n3,1,4,test\n");
        StateSet states = StateSet.read(csv, List.of("y", "split"));
        assertThat(states.layers().names()).containsExactly("x");
        assertThat(states.layers().load(0).data).containsExactly(1, 2, 3, 4);
        assertThat(states.column("y")).containsExactly("0", "1");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("m.npy");
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{1e-300, -0.0, Math.PI}, {4, 5, 6}});
        NumpyFiles.write(file, matrix);
        assertThat(NumpyFiles.read(file).values()).containsExactly(matrix.data);
        assertThat(Files.readAllBytes(file).length % 64).isEqualTo(48); // 64-byte header, 48 bytes of numbers
        NumpyFiles.write(file, new double[] {1, 2});
        assertThat(NumpyFiles.read(file).vector()).isTrue();
    }
}
