package io.verity.estimators.data;

import io.verity.estimators.data.ObservationReader.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of each unit while a long file is read: names, counts, and the columns that must not vary inside a unit. */
final class UnitTable {
    private final String file;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Map<Role, Constant> constants = new EnumMap<>(Role.class);
    private final BitSet weighted = new BitSet();
    private int[] counts = new int[16];
    private long[] firstLine = new long[16];
    private String lastName = "";
    private int last = -1;

    /** A column with one value per unit; texts are held as codes. */
    private static final class Constant {
        final String column;
        final List<String> texts = new ArrayList<>();
        final Map<String, Integer> codes = new HashMap<>();
        double[] values = new double[16];

        Constant(String column) {
            this.column = column;
        }

        String shown(double value) {
            return texts.isEmpty() ? Double.toString(value) : "'" + texts.get((int) value) + "'";
        }
    }

    UnitTable(String file) {
        this.file = file;
    }

    void declare(Role role, String column) {
        constants.put(role, new Constant(column));
    }

    /** The number of a unit in a row that is kept; a new one gets the next. */
    int unit(String name, long line) {
        if (last >= 0 && name.equals(lastName)) {
            return last;
        }
        Integer known = index.putIfAbsent(name, names.size());
        lastName = name;
        last = known == null ? names.size() : known;
        if (known == null) {
            names.add(name);
            if (last == counts.length) {
                counts = Arrays.copyOf(counts, 2 * last);
                firstLine = Arrays.copyOf(firstLine, 2 * last);
                constants.values().forEach(c -> c.values = Arrays.copyOf(c.values, 2 * last));
            }
            firstLine[last] = line;
        }
        return last;
    }

    /** A row of the unit is left out. */
    void lose(String name) {
        if (!index.containsKey(name)) {
            lost.add(name);
        }
    }

    void count(int unit, double weight) {
        counts[unit] = Math.incrementExact(counts[unit]);
        if (weight > 0) {
            weighted.set(unit);
        }
    }

    void text(Role role, int unit, String cell, long line) {
        Constant constant = constants.get(role);
        if (constant != null) {
            Integer known = constant.codes.putIfAbsent(cell, constant.texts.size());
            int code = known == null ? constant.texts.size() : known;
            if (known == null) {
                constant.texts.add(cell);
            }
            number(role, unit, code, line);
        }
    }

    void number(Role role, int unit, double value, long line) {
        Constant constant = constants.get(role);
        if (constant == null) {
            return;
        }
        if (counts[unit] == 0) {
            constant.values[unit] = value;
        } else if (constant.values[unit] != value) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "column '%s' of %s must be constant within a unit, but unit '%s' has %s (line %d) and %s (line %d)",
                    constant.column,
                    file,
                    names.get(unit),
                    constant.shown(constant.values[unit]),
                    firstLine[unit],
                    constant.shown(value),
                    line));
        }
    }

    /** Every unit needs an observation that counts. */
    void checkWeights(String column) {
        int unit = weighted.nextClearBit(0);
        if (unit < names.size()) {
            throw new IllegalArgumentException("unit '" + names.get(unit) + "' (first in line " + firstLine[unit]
                    + ") of " + file + " has no positive weight in column '" + column + "'");
        }
    }

    int size() {
        return names.size();
    }

    List<String> names() {
        return List.copyOf(names);
    }

    List<String> lost() {
        return lost.stream().filter(name -> !index.containsKey(name)).toList();
    }

    int[] counts() {
        return Arrays.copyOf(counts, names.size());
    }

    double[] runningVariable() {
        double[] values = values(Role.RUNNING_VARIABLE);
        if (values == null) {
            throw new IllegalStateException("a running variable is always declared");
        }
        return values;
    }

    double @Nullable [] values(Role role) {
        Constant constant = constants.get(role);
        return constant == null ? null : Arrays.copyOf(constant.values, names.size());
    }

    int @Nullable [] codes(Role role) {
        double[] values = values(role);
        return values == null
                ? null
                : Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }
}
