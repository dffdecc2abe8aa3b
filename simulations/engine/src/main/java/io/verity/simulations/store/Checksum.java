package io.verity.simulations.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Checksum of a unit's rows, in replicate order and within a replicate in alphabetical order of the metrics. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);

    void add(long replicate, String metric, double value) {
        crc.update(metric.getBytes(StandardCharsets.UTF_8));
        numbers.clear();
        numbers.putLong(replicate).putDouble(value).flip();
        crc.update(numbers);
    }

    long value() {
        return crc.getValue();
    }
}
