package io.verity.estimators.data;

import io.verity.stats.EstimationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observations in the order of a file, handed out again unit by unit: on the heap up to a fixed number of values, beyond that in a
 * temporary file that vanishes with the spool.
 *
 * <p>Units are then gathered in groups that fit on the heap: one pass over the file writes each observation to the part of its
 * group, and each part is read back and sorted by counting. So there are two sequential passes for any number of
 * observations, and the order inside a unit stays that of the file.
 */
final class Spool implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1 << 12;

    /** Records per group that wait to be written together: 80 kB, and a billion observations have only 240 groups. */
    private static final int PENDING = 1 << 12;

    private final int capacity;
    private final boolean weighted;
    private final int recordBytes;
    private int[] units;
    private double[] values;
    private double[] weights;
    private int[] order = new int[0];
    private int size;
    private long spilled;
    private @Nullable FileChannel file;
    private List<Group> groups = List.of();

    /** Units from first (inclusive) to end (exclusive), and where their records start in the file. */
    private record Group(int first, int end, long start, int records) {}

    /**
     * @param capacity observations kept on the heap at most, unless one unit has more
     * @param weighted whether observations have weights
     */
    Spool(int capacity, boolean weighted) {
        this.capacity = capacity;
        this.weighted = weighted;
        recordBytes = Integer.BYTES + (weighted ? 2 : 1) * Double.BYTES;
        int first = Math.min(capacity, FIRST_CAPACITY);
        units = new int[first];
        values = new double[first];
        weights = new double[weighted ? first : 0];
    }

    void add(int unit, double value, double weight) {
        if (size == capacity) {
            spill();
        }
        if (size == units.length) {
            reserve((int) Math.min(capacity, 2L * size));
        }
        units[size] = unit;
        values[size] = value;
        if (weighted) {
            weights[size] = weight;
        }
        size++;
    }

    private void reserve(int records) {
        if (records > units.length) {
            units = Arrays.copyOf(units, records);
            values = Arrays.copyOf(values, records);
            weights = weighted ? Arrays.copyOf(weights, records) : weights;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void onDisk(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new EstimationException(
                    "the temporary file in " + System.getProperty("java.io.tmpdir") + " failed: " + e.getMessage(),
                    "free space there, or name another folder with -Djava.io.tmpdir in VERITY_JAVA_OPTS");
        }
    }

    /** On POSIX systems the file has no name any more once it is open, so even a killed process leaves nothing behind. */
    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("verity", ".observations");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private void spill() {
        onDisk(() -> {
            FileChannel channel = file == null ? temporary() : file;
            file = channel;
            ByteBuffer buffer = buffer(Math.min(size, PENDING));
            for (int i = 0; i < size; i++) {
                put(buffer, units[i], values[i], weighted ? weights[i] : 1);
                if (!buffer.hasRemaining() || i == size - 1) {
                    write(channel, buffer);
                }
            }
        });
        spilled += size;
        size = 0;
    }

    private ByteBuffer buffer(int records) {
        return ByteBuffer.allocate(Math.max(1, records) * recordBytes);
    }

    private void put(ByteBuffer buffer, int unit, double value, double weight) {
        buffer.putInt(unit).putDouble(value);
        if (weighted) {
            buffer.putDouble(weight);
        }
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Fills the buffer from a position on, or as far as the records in [position, end) go; leaves it ready to be read. */
    private static void fill(FileChannel channel, ByteBuffer buffer, long position, long end) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("it has become shorter");
            }
            at += read;
        }
        buffer.flip();
    }

    /**
     * @param counts observations of each unit
     * @param consumer is called with the units 0, 1, ... and their observations in the order in which they were added
     */
    void forEachUnit(int[] counts, Observations.UnitConsumer consumer) {
        if (spilled == 0) {
            gather(new Group(0, counts.length, 0, size), counts, consumer);
            return;
        }
        if (groups.isEmpty()) {
            spill();
            onDisk(() -> distribute(counts));
        }
        for (Group group : groups) {
            onDisk(() -> load(group));
            gather(group, counts, consumer);
        }
    }

    private List<Group> grouped(int[] counts) {
        List<Group> made = new ArrayList<>();
        long start = 0;
        for (int first = 0; first < counts.length; ) {
            int end = first + 1;
            int records = counts[first];
            while (end < counts.length && (long) records + counts[end] <= capacity) {
                records += counts[end++];
            }
            made.add(new Group(first, end, start, records));
            start += records;
            first = end;
        }
        return made;
    }

    private void distribute(int[] counts) throws IOException {
        FileChannel source = file;
        if (source == null) {
            throw new IllegalStateException("nothing was spilled");
        }
        List<Group> made = grouped(counts);
        int[] groupOf = new int[counts.length];
        ByteBuffer[] pending = new ByteBuffer[made.size()];
        long[] position = new long[made.size()];
        for (int g = 0; g < pending.length; g++) {
            Arrays.fill(groupOf, made.get(g).first(), made.get(g).end(), g);
            pending[g] = buffer(Math.min(PENDING, made.get(g).records()));
            position[g] = made.get(g).start() * recordBytes;
        }
        FileChannel target = temporary();
        file = target;
        try (source) {
            ByteBuffer buffer = buffer(PENDING);
            long end = spilled * recordBytes;
            for (long at = 0; at < end; ) {
                fill(source, buffer, at, end);
                at += buffer.limit();
                while (buffer.hasRemaining()) {
                    int unit = buffer.getInt();
                    int g = groupOf[unit];
                    put(pending[g], unit, buffer.getDouble(), weighted ? buffer.getDouble() : 1);
                    if (!pending[g].hasRemaining()) {
                        position[g] += writeAt(target, pending[g], position[g]);
                    }
                }
            }
            for (int g = 0; g < pending.length; g++) {
                position[g] += writeAt(target, pending[g], position[g]);
            }
        }
        groups = made;
    }

    private static int writeAt(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        buffer.flip();
        int bytes = buffer.limit();
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
        buffer.clear();
        return bytes;
    }

    private void load(Group group) throws IOException {
        FileChannel source = file;
        if (source == null) {
            throw new IllegalStateException("the spool is closed");
        }
        reserve(group.records());
        ByteBuffer buffer = buffer(PENDING);
        long end = (group.start() + group.records()) * recordBytes;
        int i = 0;
        for (long at = group.start() * recordBytes; at < end; ) {
            fill(source, buffer, at, end);
            at += buffer.limit();
            for (; buffer.hasRemaining(); i++) {
                units[i] = buffer.getInt();
                values[i] = buffer.getDouble();
                if (weighted) {
                    weights[i] = buffer.getDouble();
                }
            }
        }
    }

    /** Sorts the records on the heap by counting, and hands them out. */
    private void gather(Group group, int[] counts, Observations.UnitConsumer consumer) {
        int[] next = new int[group.end() - group.first()];
        for (int k = 1; k < next.length; k++) {
            next[k] = next[k - 1] + counts[group.first() + k - 1];
        }
        order = order.length < group.records() ? new int[group.records()] : order;
        for (int i = 0; i < group.records(); i++) {
            order[next[units[i] - group.first()]++] = i;
        }
        int from = 0;
        for (int unit = group.first(); unit < group.end(); unit++) {
            double[] sample = new double[counts[unit]];
            double[] sampleWeights = weighted ? new double[counts[unit]] : null;
            for (int k = 0; k < sample.length; k++) {
                sample[k] = values[order[from + k]];
                if (sampleWeights != null) {
                    sampleWeights[k] = weights[order[from + k]];
                }
            }
            from += sample.length;
            consumer.accept(unit, sample, sampleWeights);
        }
    }

    @Override
    public void close() {
        onDisk(() -> {
            if (file != null) {
                file.close();
                file = null;
            }
        });
    }
}
