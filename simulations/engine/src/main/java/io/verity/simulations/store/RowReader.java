package io.verity.simulations.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the rows of a condition in replicate order beside the units they came in, and verifies the checksum of every unit
 * that is read whole. Holds one row at a time.
 */
final class RowReader implements AutoCloseable {
    private final StoreFile file;
    private final long from;
    private final long to;
    private final PreparedStatement unitQuery;
    private final PreparedStatement rowQuery;

    RowReader(StoreFile file, Connection connection, Run run, long cell, long from, long to) throws SQLException {
        this.file = file;
        this.from = from;
        this.to = to;
        this.unitQuery = prepare(
                connection,
                "SELECT rep_from, rep_to, checksum FROM unit WHERE run_id = ? AND cell = ? AND rep_to > ? AND rep_from < ?"
                        + " ORDER BY rep_from",
                run,
                cell);
        this.rowQuery = prepare(
                connection,
                "SELECT rep, name, value FROM metric WHERE run_id = ? AND cell = ? AND rep >= ? AND rep < ?"
                        + " ORDER BY rep, name",
                run,
                cell);
    }

    private PreparedStatement prepare(Connection connection, String sql, Run run, long cell) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, run.id());
        statement.setLong(2, cell);
        statement.setLong(3, from);
        statement.setLong(4, to);
        return statement;
    }

    void forEach(Consumer<StoredRow> visitor) throws SQLException {
        try (ResultSet units = unitQuery.executeQuery();
                ResultSet values = rowQuery.executeQuery()) {
            boolean more = values.next();
            while (units.next()) {
                long unitFrom = units.getLong(1);
                long unitTo = units.getLong(2);
                Checksum checksum = new Checksum();
                while (more && values.getLong(1) < unitTo) {
                    long replicate = values.getLong(1);
                    Map<String, Double> row = new LinkedHashMap<>();
                    while (more && values.getLong(1) == replicate) {
                        String metric = values.getString(2);
                        double value = values.getDouble(3);
                        checksum.add(replicate, metric, value);
                        row.put(metric, value);
                        more = values.next();
                    }
                    visitor.accept(new StoredRow(replicate, row));
                }
                if (unitFrom >= from && unitTo <= to && checksum.value() != units.getLong(3)) {
                    throw file.damaged(
                            "replicates " + unitFrom + " to " + (unitTo - 1) + " do not match their checksum", null);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (unitQuery) {
            rowQuery.close();
        }
    }
}
