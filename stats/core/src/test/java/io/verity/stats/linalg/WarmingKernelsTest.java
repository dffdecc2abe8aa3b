package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmingKernelsTest {
    /** Nanoseconds before warming is given up, on a machine however busy. */
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void littleWorkStartsNoWarming() {
        AtomicInteger made = new AtomicInteger();
        WarmingKernels kernels = new WarmingKernels(new PlainKernels(), () -> {
            made.incrementAndGet();
            return new PlainKernels();
        });
        double[] x = new double[100];
        assertThat(kernels.lossSum(1.0, x, 0, 100)).isEqualTo(new PlainKernels().lossSum(1.0, x, 0, 100));
        assertThat(kernels.warm()).isFalse();
        assertThat(made).hasValue(0);
    }

    @Test
    void warmingOnRequestHandsOver() {
        WarmingKernels kernels = new WarmingKernels(slow(), PlainKernels::new, NEVER);
        kernels.warmUp();
        assertThat(kernels.warm()).isTrue();
    }

    @Test
    void slowKernelsNeverTakeOver() {
        KernelWarmup warmup = new KernelWarmup(new PlainKernels(), slow());
        AtomicInteger taken = new AtomicInteger();
        warmup.run(k -> taken.incrementAndGet(), 20_000_000L);
        assertThat(taken).hasValue(0);
    }

    @Test
    void fastKernelsTakeOver() {
        KernelWarmup warmup = new KernelWarmup(slow(), new PlainKernels());
        AtomicInteger taken = new AtomicInteger();
        warmup.run(k -> taken.incrementAndGet(), NEVER);
        assertThat(taken).hasValue(1);
    }

    @Test
    void teamReportsWhatATaskThrew() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            assertThatThrownBy(() -> team.run(20, i -> {
                        if (i == 13) {
                            throw new IllegalStateException("task 13");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task 13");
            AtomicInteger sum = new AtomicInteger();
            team.run(100, sum::addAndGet);
            assertThat(sum).hasValue(4950);
        }
    }

    @Test
    void teamWorksOnInsideItselfAndAfterClosing() {
        WorkerTeam team = new WorkerTeam(2);
        AtomicInteger count = new AtomicInteger();
        team.run(4, i -> team.run(5, j -> count.incrementAndGet()));
        assertThat(count).hasValue(20);
        team.close();
        team.run(3, i -> count.incrementAndGet());
        assertThat(count).hasValue(23);
    }

    /** Plain kernels that pause before each operation. */
    private static DenseKernels slow() {
        PlainKernels plain = new PlainKernels();
        return (DenseKernels) Proxy.newProxyInstance(
                DenseKernels.class.getClassLoader(),
                new Class<?>[] {DenseKernels.class},
                (proxy, method, arguments) -> {
                    long end = System.nanoTime() + 1_000_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return method.invoke(plain, arguments);
                });
    }
}
