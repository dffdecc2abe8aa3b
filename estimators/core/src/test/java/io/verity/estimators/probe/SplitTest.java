package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static int[] labels(int n, double share) {
        return IntStream.range(0, n).map(i -> i < share * n ? 1 : 0).toArray();
    }

    private static long ones(int[] y, int[] rows) {
        return Arrays.stream(rows).filter(i -> y[i] == 1).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 37, 100, 351, 1986})
    void sizesAreThePapersAndClassesKeepTheirShare(int n) {
        int[] y = labels(n, 0.3);
        Split split = Split.stratified(y, 42);
        int test = (int) Math.ceil(0.2 * n);
        int validation = (int) Math.ceil(0.2 * (n - test));
        assertThat(split.test()).hasSize(test).isSorted();
        assertThat(split.validation()).hasSize(validation).isSorted();
        assertThat(split.train()).hasSize(n - test - validation).isSorted();
        double share = (double) Arrays.stream(y).sum() / n;
        assertThat(Math.abs(ones(y, split.test()) - share * test)).isLessThan(1);
        assertThat(Math.abs(ones(y, split.validation()) - share * validation)).isLessThan(1.5);
        assertThat(Rows.union(split.pool(), split.test())).containsExactly(Rows.all(n));
    }

    @Test
    void seedsDecideAndNothingElse() {
        int[] y = labels(200, 0.5);
        assertThat(Split.stratified(y, 1).test())
                .containsExactly(Split.stratified(y, 1).test());
        assertThat(Split.stratified(y, 1).test())
                .isNotEqualTo(Split.stratified(y, 2).test());
    }

    @Test
    void largestRemaindersAreRoundedUp() {
        assertThat(Stratification.largestRemainder(new int[] {50, 30, 20}, 7)).containsExactly(4, 2, 1);
        assertThat(Stratification.largestRemainder(new int[] {3, 3}, 3)).containsExactly(2, 1);
        assertThat(Stratification.largestRemainder(new int[] {1, 99}, 20)).containsExactly(0, 20);
    }

    @Test
    void groupsStayTogetherAndSizesStayNear() {
        int n = 351;
        int[] y = IntStream.range(0, n).map(i -> i % 2).toArray();
        int[] pair = IntStream.range(0, n).map(i -> i / 2).toArray();
        Split split = Split.grouped(y, pair, 42);
        int[] part = new int[n];
        Arrays.stream(split.validation()).forEach(i -> part[i] = 1);
        Arrays.stream(split.test()).forEach(i -> part[i] = 2);
        for (int i = 1; i < n; i += 2) {
            assertThat(part[i]).isEqualTo(part[i - 1]);
        }
        assertThat(split.test().length).isBetween(68, 72);
        assertThat(split.validation().length).isBetween(54, 58);
        assertThat(split.groups()).isPresent();
    }

    @Test
    void unequalGroupsKeepClassShares() {
        RandomStream stream = RandomStream.of(4, "groups", 0, 0);
        int n = 1000;
        int[] y = new int[n];
        int[] groups = new int[n];
        int group = 0;
        for (int i = 0; i < n; ) {
            int size = 1 + stream.nextInt(12);
            boolean one = stream.nextDouble() < 0.3;
            for (int k = 0; k < size && i < n; k++, i++) {
                groups[i] = group;
                y[i] = one ? 1 : 0;
            }
            group++;
        }
        Split split = Split.grouped(y, groups, 1);
        double share = (double) Arrays.stream(y).sum() / n;
        assertThat(split.test().length).isBetween(190, 210);
        assertThat((double) ones(y, split.test()) / split.test().length).isBetween(share - 0.03, share + 0.03);
    }

    @Test
    void columnsOfWordsMakeASplit() {
        Split split = Split.ofColumn(List.of("Train", "val", "test", "dev", "train"));
        assertThat(split.train()).containsExactly(0, 4);
        assertThat(split.validation()).containsExactly(1, 3);
        assertThat(split.test()).containsExactly(2);
        assertThat(split.toString()).isEqualTo("Split[train 2, validation 2, test 1 of 5 rows]");
    }
}
