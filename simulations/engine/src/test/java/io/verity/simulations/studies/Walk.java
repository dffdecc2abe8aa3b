package io.verity.simulations.studies;

import io.verity.stats.random.RandomStream;

/** The study that the tests run: the mean of n normal draws and the random walk of their sum. */
record Walk(double mean, int n) {

    static StudyBuilder<Walk> study() {
        return Study.named("test/walk", Walk.class)
                .title("Random walks")
                .factor("mean", 0.0, 0.5)
                .factor("n", 3, 10)
                .metric("average", "average of n draws")
                .trajectory("sum", "running sum", "steps")
                .measure(Measure.bias("bias", "average", Walk::mean))
                .replicates(120)
                .chunk(7);
    }

    static Row draw(Walk c, RandomStream stream) {
        Row row = new Row();
        double sum = 0;
        for (int i = 1; i <= c.n(); i++) {
            sum += c.mean() + stream.nextGaussian();
            row.put("sum", i, sum);
        }
        return row.put("average", sum / c.n());
    }
}
