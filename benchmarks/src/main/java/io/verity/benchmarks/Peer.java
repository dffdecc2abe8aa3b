package io.verity.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A peer's implementation as a child process that answers requests: one line {@code NAME SIZE} in, one line
 * {@code SECONDS CHECKSUM} out. It times itself, so that starting it costs it nothing.
 */
final class Peer implements Opponent, AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final String greeting;

    private Peer(Process process) throws IOException {
        this.process = process;
        requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        greeting = line();
    }

    /**
     * @param python interpreter with numpy and scipy
     * @param script the peer's script
     * @param threads threads its BLAS may use
     * @return the peer, ready for requests
     */
    static Peer start(String python, Path script, int threads) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(python, script.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
            builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
            return new Peer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the peer " + python + " " + script, e);
        }
    }

    String greeting() {
        return greeting;
    }

    @Override
    public Timing run(String workload, int size) {
        try {
            requests.write(workload + " " + size);
            requests.newLine();
            requests.flush();
            String[] fields = line().split(" ", 2);
            return new Timing(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the peer ended without an answer; its message stands above");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
