package io.verity.estimators.probe;

import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random parts of a set of rows in which every class has its share and no group is torn apart. */
final class Stratification {
    private Stratification() {}

    /**
     * A random part of given size. Rows stand alone: class counts are proportional, rounded by largest remainder. Rows come in
     * groups: whole groups are taken, and sizes are as near as the groups allow.
     *
     * @param rows to draw from
     * @param y class of every row of the data, 0, 1, ...
     * @param groups group of every row of the data, or null
     * @param size rows wanted
     * @return the rows drawn, ascending
     */
    static int[] draw(int[] rows, int[] y, int @Nullable [] groups, int size, RandomStream stream) {
        if (groups != null) {
            double share = (double) size / rows.length;
            return partsOfGroups(rows, y, groups, new double[] {share, 1 - share}, stream)[0];
        }
        int[][] byClass = byClass(rows, y);
        int[] sizes = Arrays.stream(byClass).mapToInt(r -> r.length).toArray();
        int[] wanted = largestRemainder(sizes, size);
        List<int[]> drawn = new ArrayList<>();
        for (int c = 0; c < byClass.length; c++) {
            shuffle(byClass[c], stream);
            drawn.add(Arrays.copyOf(byClass[c], wanted[c]));
        }
        return drawn.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    }

    /** Disjoint parts that make up all rows, of sizes as equal as can be, ascending inside. */
    static int[][] folds(int[] rows, int[] y, int @Nullable [] groups, int count, RandomStream stream) {
        if (groups != null) {
            double[] shares = new double[count];
            Arrays.fill(shares, 1.0 / count);
            return partsOfGroups(rows, y, groups, shares, stream);
        }
        int[] order = new int[rows.length];
        int at = 0;
        for (int[] members : byClass(rows, y)) {
            shuffle(members, stream);
            System.arraycopy(members, 0, order, at, members.length);
            at += members.length;
        }
        // dealing the shuffled classes out one after another keeps both the sizes and the shares level
        return IntStream.range(0, count)
                .mapToObj(f -> IntStream.range(0, order.length)
                        .filter(k -> k % count == f)
                        .map(k -> order[k])
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
    }

    /**
     * Parts of whole groups. Groups are dealt in random order, large ones first, each to the part that lacks most of its rows'
     * classes, relative to what the part should have.
     */
    static int[][] partsOfGroups(int[] rows, int[] y, int[] groups, double[] shares, RandomStream stream) {
        int[] total = classCounts(rows, y);
        List<int[]> members = groupMembers(rows, groups);
        int[] order = Rows.all(members.size());
        shuffle(order, stream);
        List<int[]> dealt = Arrays.stream(order)
                .mapToObj(members::get)
                .sorted(Comparator.comparingInt((int[] m) -> -m.length))
                .toList();
        double[][] have = new double[shares.length][total.length];
        List<List<int[]>> parts = new ArrayList<>();
        for (int k = 0; k < shares.length; k++) {
            parts.add(new ArrayList<>());
        }
        for (int[] group : dealt) {
            int[] counts = Arrays.copyOf(classCounts(group, y), total.length);
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < shares.length; k++) {
                double lack = 0;
                for (int c = 0; c < total.length; c++) {
                    double target = shares[k] * total[c];
                    lack += counts[c] == 0 || target == 0 ? 0 : counts[c] * (target - have[k][c]) / target;
                }
                if (shares[k] > 0 && lack > most) {
                    most = lack;
                    best = k;
                }
            }
            parts.get(best).add(group);
            for (int c = 0; c < counts.length; c++) {
                have[best][c] += counts[c];
            }
        }
        return parts.stream()
                .map(p -> p.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .toArray(int[][]::new);
    }

    /**
     * A uniformly random subset, of rows or of whole groups, classes disregarded.
     *
     * @param share of the rows (groups) that is left out
     * @return the N - round(share N) that remain, ascending
     */
    static int[] keep(int[] rows, int @Nullable [] groups, double share, RandomStream stream) {
        List<int[]> units = units(rows, groups);
        int kept = units.size() - (int) Math.round(share * units.size());
        int[] order = Rows.all(units.size());
        shuffle(order, stream);
        return Arrays.stream(order, 0, kept)
                .mapToObj(units::get)
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
    }

    /** As many rows (groups) as there are, drawn with replacement; a row drawn twice occurs twice. */
    static int[] resample(int[] rows, int @Nullable [] groups, RandomStream stream) {
        List<int[]> units = units(rows, groups);
        return IntStream.range(0, units.size())
                .mapToObj(k -> units.get(stream.nextInt(units.size())))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static List<int[]> units(int[] rows, int @Nullable [] groups) {
        return groups != null
                ? groupMembers(rows, groups)
                : Arrays.stream(rows).mapToObj(i -> new int[] {i}).toList();
    }

    private static List<int[]> groupMembers(int[] rows, int[] groups) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i : rows) {
            members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(i);
        }
        return members.values().stream()
                .map(m -> m.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** Integers that add up to the total and are proportional to the sizes up to rounding; ties go to the lower index. */
    static int[] largestRemainder(int[] sizes, int total) {
        long all = Arrays.stream(sizes).asLongStream().sum();
        int[] counts = new int[sizes.length];
        long[] remainders = new long[sizes.length];
        int given = 0;
        for (int c = 0; c < sizes.length; c++) {
            long product = (long) sizes[c] * total;
            counts[c] = (int) (product / Math.max(all, 1));
            remainders[c] = product % Math.max(all, 1);
            given += counts[c];
        }
        int[] order = IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> -remainders[c]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int k = 0; given < total; k++, given++) {
            counts[order[k]]++;
        }
        return counts;
    }

    static int[] classCounts(int[] rows, int[] y) {
        int classes = Arrays.stream(rows).map(i -> y[i]).max().orElse(-1) + 1;
        int[] counts = new int[classes];
        for (int i : rows) {
            counts[y[i]]++;
        }
        return counts;
    }

    private static int[][] byClass(int[] rows, int[] y) {
        int classes = classCounts(rows, y).length;
        return IntStream.range(0, classes)
                .mapToObj(c -> Arrays.stream(rows).filter(i -> y[i] == c).toArray())
                .toArray(int[][]::new);
    }

    /** Fisher and Yates. */
    static void shuffle(int[] values, RandomStream stream) {
        for (int k = values.length - 1; k > 0; k--) {
            int other = stream.nextInt(k + 1);
            int kept = values[k];
            values[k] = values[other];
            values[other] = kept;
        }
    }
}
