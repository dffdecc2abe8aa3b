package io.verity.estimators.states;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.verity.estimators.data.NumpyFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a folder of states as its rows arrive. Every file is written under another name and moved into place when it is whole;
 * the old index goes first and the new one comes last. Closing before {@link #finish} leaves no half file behind.
 */
final class StateWriter implements TextEncoder.Sink, AutoCloseable {
    private static final String PART = ".part";

    private final Path folder;
    private final StateIndex index;
    private final List<OutputStream> open = new ArrayList<>();

    StateWriter(Path folder, StateIndex index) throws IOException {
        this.folder = folder;
        this.index = index;
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(StateFolder.INDEX));
        try {
            for (StateIndex.Layer layer : index.layers()) {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(part(layer.file())));
                open.add(out);
                out.write(NumpyFiles.floatHeader(index.rows(), layer.width()));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Path part(String name) {
        return folder.resolve(name + PART);
    }

    @Override
    public void take(int layer, int firstRow, float[][] states) {
        try {
            for (float[] row : states) {
                open.get(layer).write(NumpyFiles.floats(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves everything into place, the final index last. */
    void finish(StateIndex last, Map<String, List<String>> columns) throws IOException {
        for (OutputStream out : open) {
            out.close();
        }
        open.clear();
        for (StateIndex.Layer layer : index.layers()) {
            replace(layer.file());
        }
        Files.deleteIfExists(folder.resolve(StateFolder.COLUMNS));
        if (!columns.isEmpty()) {
            Files.write(part(StateFolder.COLUMNS), StateFolder.bytes(csv(columns, index.rows())));
            replace(StateFolder.COLUMNS);
        }
        Files.write(part(StateFolder.INDEX), StateFolder.bytes(last.toJson()));
        replace(StateFolder.INDEX);
    }

    private void replace(String name) throws IOException {
        Files.move(
                part(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String csv(Map<String, List<String>> columns, int rows) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(columns.keySet());
            for (int i = 0; i < rows; i++) {
                int row = i;
                csv.writeRecord(
                        columns.values().stream().map(cells -> cells.get(row)).toList());
            }
        }
        return text.toString();
    }

    private static void abandon(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // a full disk: the file is removed all the same
        }
    }

    /** Removes what is unfinished. */
    @Override
    public void close() throws IOException {
        for (OutputStream out : open) {
            abandon(out);
        }
        for (StateIndex.Layer layer : index.layers()) {
            Files.deleteIfExists(part(layer.file()));
        }
        Files.deleteIfExists(part(StateFolder.COLUMNS));
        Files.deleteIfExists(part(StateFolder.INDEX));
    }
}
