package io.verity.papers.raptor;

import io.verity.estimators.probe.Split;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds that never divide a group. */
final class GroupedFolds {
    private GroupedFolds() {}

    /** Numbers for names, in the order of their first appearance. */
    static int[] codes(List<String> names) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        return names.stream()
                .mapToInt(name -> codes.computeIfAbsent(name, n -> codes.size()))
                .toArray();
    }

    /**
     * @param groups number of the group per row, from 0
     * @param count number of folds
     * @param stream shuffles the groups
     * @return one split per fold: the fold tests, the next one validates, the others train
     */
    static List<Split> of(int[] groups, int count, RandomStream stream) {
        int most = 0;
        for (int g : groups) {
            most = Math.max(most, g + 1);
        }
        int[] fold = new int[most];
        for (int g = 0; g < most; g++) {
            fold[g] = g % count;
        }
        for (int g = most - 1; g > 0; g--) {
            int other = stream.nextInt(g + 1);
            int kept = fold[g];
            fold[g] = fold[other];
            fold[other] = kept;
        }
        List<Split> splits = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            splits.add(split(groups, fold, k, (k + 1) % count));
        }
        return splits;
    }

    private static Split split(int[] groups, int[] fold, int test, int validation) {
        List<Integer> train = new ArrayList<>();
        List<Integer> val = new ArrayList<>();
        List<Integer> tested = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            int f = fold[groups[i]];
            (f == test ? tested : f == validation ? val : train).add(i);
        }
        return Split.of(groups.length, array(train), array(val), array(tested)).withGroups(groups);
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
