package io.verity.stats.nativeblas;

/** How a long side is cut: by its length alone, so that the cuts do not depend on the number of threads. */
final class Tiles {
    private Tiles() {}

    /**
     * Length of a tile: the side in so many pieces, within the bounds, a multiple of eight. Short tiles make BLAS spend its time on
     * rearranging the other factor, long ones leave threads idle.
     */
    static int side(int length, int pieces, int least, int most) {
        int side = (length / pieces + 8) / 8 * 8;
        return Math.min(length, Math.max(least, Math.min(most, side)));
    }

    static int count(int length, int side) {
        return (length + side - 1) / side;
    }
}
