package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows train a probe, which choose its penalty and which only judge it. One split serves all layers and all methods, so
 * that their figures can be compared. Rows are counted from 0; every part is ascending. Immutable.
 */
public final class Split {
    /** Share of the rows held out as test rows; the paper's. */
    public static final double TEST_SHARE = 0.2;

    /** Share of the remaining rows that validates; the paper's. */
    public static final double VALIDATION_SHARE = 0.2;

    private static final String STREAM = "probe/split";
    private static final String[] PARTS = {"train", "validation", "test"};

    private final int rows;
    private final int[][] parts;
    private final int @Nullable [] groups;

    private Split(int rows, int[][] parts, int @Nullable [] groups) {
        this.rows = rows;
        this.parts = parts;
        this.groups = groups;
    }

    /**
     * The paper's split: ceil(0.2 n) test rows, then ceil(0.2 m) validation rows of the m that remain, each with every class in
     * proportion (largest remainder).
     *
     * @param y class of every row, 0, 1, ...
     * @param seed of the draws (test rows from seed, validation rows from seed + 1)
     * @return the split
     * @throws IllegalArgumentException if a class is negative or no row is left to train on
     */
    public static Split stratified(int[] y, long seed) {
        return stratified(y, TEST_SHARE, VALIDATION_SHARE, seed);
    }

    /**
     * As {@link #stratified(int[], long)} with other shares.
     *
     * @param y class of every row, 0, 1, ...
     * @param testShare of all rows, at least 0 and below 1
     * @param validationShare of the rows that are no test rows, at least 0 and below 1
     * @param seed of the draws
     * @return the split
     * @throws IllegalArgumentException if a share is outside its range, a class is negative, or no row is left to train on
     */
    public static Split stratified(int[] y, double testShare, double validationShare, long seed) {
        checkShare("testShare", testShare);
        checkShare("validationShare", validationShare);
        checkClasses(y);
        int[] all = Rows.all(y.length);
        int[] test =
                Stratification.draw(all, y, null, ceil(testShare, all.length), RandomStream.of(seed, STREAM, 0, 0));
        int[] rest = Rows.without(all, test);
        int[] validation = Stratification.draw(
                rest, y, null, ceil(validationShare, rest.length), RandomStream.of(seed + 1, STREAM, 0, 0));
        return new Split(y.length, new int[][] {Rows.without(rest, validation), validation, test}, null).trainable();
    }

    /**
     * A split in the paper's proportions that never parts rows of one group (the members of a minimal pair, sentences of one
     * author): sizes and class shares are as near to 64/16/20 as whole groups allow.
     *
     * @param y class of every row, 0, 1, ...
     * @param groups group of every row, any numbers
     * @param seed of the draws
     * @return the split, which remembers the groups
     * @throws IllegalArgumentException if lengths differ, a class is negative, or no row is left to train on
     */
    public static Split grouped(int[] y, int[] groups, long seed) {
        checkClasses(y);
        Arguments.require(groups.length == y.length, "%d rows have labels but %d have groups", y.length, groups.length);
        double train = (1 - TEST_SHARE) * (1 - VALIDATION_SHARE);
        int[][] parts = Stratification.partsOfGroups(
                Rows.all(y.length),
                y,
                groups,
                new double[] {train, (1 - TEST_SHARE) * VALIDATION_SHARE, TEST_SHARE},
                RandomStream.of(seed, STREAM, 1, 0));
        return new Split(y.length, parts, groups.clone()).trainable();
    }

    /**
     * A split of the user's.
     *
     * @param rows number of rows of the data
     * @param train rows that train, at least one
     * @param validation rows that choose the penalty; none makes C = 1
     * @param test rows that judge; none leaves the test figures out
     * @return the split; rows in no part are not used
     * @throws IllegalArgumentException naming the first index that is outside the data, occurs twice, or is in two parts; or if
     *     train is empty
     */
    public static Split of(int rows, int[] train, int[] validation, int[] test) {
        int[][] parts = {train.clone(), validation.clone(), test.clone()};
        int[] owner = new int[rows];
        int[] position = new int[rows];
        Arrays.fill(owner, -1);
        for (int k = 0; k < parts.length; k++) {
            for (int i = 0; i < parts[k].length; i++) {
                int row = parts[k][i];
                Arguments.require(
                        row >= 0 && row < rows,
                        "%s[%d] = %d is outside the %d rows 0 to %d",
                        PARTS[k],
                        i,
                        row,
                        rows,
                        rows - 1);
                if (owner[row] >= 0) {
                    Arguments.require(
                            false,
                            "%s[%d] = %d is also %s[%d]: a row can be in one part only, and once",
                            PARTS[k],
                            i,
                            row,
                            PARTS[owner[row]],
                            position[row]);
                }
                owner[row] = k;
                position[row] = i;
            }
        }
        for (int[] part : parts) {
            Arrays.sort(part);
        }
        return new Split(rows, parts, null).trainable();
    }

    /**
     * A split of the user's, as a column of a data file.
     *
     * @param cells one per row: {@code train}, {@code val} (or {@code validation}, {@code valid}, {@code dev}) or {@code test},
     *     in any case
     * @return the split
     * @throws IllegalArgumentException naming the first cell that is none of them (1-based), or if no row trains
     */
    public static Split ofColumn(List<String> cells) {
        int[] part = new int[cells.size()];
        for (int i = 0; i < part.length; i++) {
            part[i] = switch (cells.get(i).strip().toLowerCase(Locale.ROOT)) {
                case "train", "training" -> 0;
                case "val", "validation", "valid", "dev" -> 1;
                case "test" -> 2;
                default -> -1;
            };
            Arguments.require(
                    part[i] >= 0, "the split of row %d is '%s', but must be train, val or test", i + 1, cells.get(i));
        }
        int[][] parts = IntStream.range(0, PARTS.length)
                .mapToObj(k -> IntStream.range(0, part.length)
                        .filter(i -> part[i] == k)
                        .toArray())
                .toArray(int[][]::new);
        return new Split(part.length, parts, null).trainable();
    }

    /**
     * Tells the split about groups, so that subsets, folds and halves taken later do not part them.
     *
     * @param values group of every row, any numbers
     * @return a copy with them
     * @throws IllegalArgumentException if their number differs from the rows, or a group has rows in two parts
     */
    public Split withGroups(int[] values) {
        Arguments.require(values.length == rows, "the split has %d rows but there are %d groups", rows, values.length);
        java.util.Map<Integer, int[]> first = new java.util.HashMap<>();
        for (int k = 0; k < parts.length; k++) {
            for (int row : parts[k]) {
                int[] seen = first.putIfAbsent(values[row], new int[] {k, row});
                if (seen != null) {
                    Arguments.require(
                            seen[0] == k,
                            "rows %d (%s) and %d (%s) are of one group: a group must stay in one part",
                            seen[1] + 1,
                            PARTS[seen[0]],
                            row + 1,
                            PARTS[k]);
                }
            }
        }
        return new Split(rows, parts, values.clone());
    }

    /** A part of the data for a fit: no test rows, and rows may occur more than once. */
    static Split unchecked(int rows, int[] train, int[] validation, int @Nullable [] groups) {
        return new Split(rows, new int[][] {train, validation, {}}, groups);
    }

    private static void checkShare(String name, double share) {
        Arguments.require(share >= 0 && share < 1, "%s must lie in [0, 1), but is %s", name, share);
    }

    private static void checkClasses(int[] y) {
        Arguments.require(y.length > 0, "there are no labels to split by");
        for (int i = 0; i < y.length; i++) {
            Arguments.require(y[i] >= 0, "classes are 0, 1, ..., but row %d has %d", i + 1, y[i]);
        }
    }

    private static int ceil(double share, int count) {
        return (int) Math.ceil(share * count);
    }

    private Split trainable() {
        Arguments.require(
                parts[0].length > 0,
                "no row is left to train on: train is empty (of %d rows %d validate and %d test)",
                rows,
                parts[1].length,
                parts[2].length);
        return this;
    }

    /** @return number of rows of the data */
    public int rows() {
        return rows;
    }

    /** @return rows that train, ascending */
    public int[] train() {
        return parts[0].clone();
    }

    /** @return rows that choose the penalty, ascending */
    public int[] validation() {
        return parts[1].clone();
    }

    /** @return rows that only judge, ascending */
    public int[] test() {
        return parts[2].clone();
    }

    /** @return training and validation rows together, ascending: what the final fit sees */
    public int[] pool() {
        return Rows.union(parts[0], parts[1]);
    }

    /** @return group of every row, if rows come in groups */
    public Optional<int[]> groups() {
        return Optional.ofNullable(groups).map(int[]::clone);
    }

    int @Nullable [] groupsOrNull() {
        return groups;
    }

    @Override
    public String toString() {
        return "Split[train " + parts[0].length + ", validation " + parts[1].length + ", test " + parts[2].length
                + " of " + rows + " rows" + (groups == null ? "" : ", grouped") + "]";
    }
}
