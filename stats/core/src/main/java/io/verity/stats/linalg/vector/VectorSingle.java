package io.verity.stats.linalg.vector;

import static io.verity.stats.linalg.DenseKernels.SINGLE_GROUP;
import static io.verity.stats.linalg.DenseKernels.SINGLE_PIECE;
import static io.verity.stats.linalg.DenseKernels.SINGLE_TILE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels of single precision on vectors of eight or sixteen floats. */
final class VectorSingle {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Distance of the pieces of a row. */
    private static final int BLOCK = SINGLE_GROUP * SINGLE_PIECE;

    /** Lanes of a dot product. */
    private static final int DOT_LANES = 16;

    private VectorSingle() {}

    private static FloatVector load(float[] a, int i) {
        return FloatVector.fromArray(SPECIES, a, i);
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    static void addTile(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int inner) {
        for (int r = 0; r < SINGLE_TILE; r += 4) {
            int p = aOffset + r;
            int to = cOffset + r * SINGLE_TILE;
            if (LANES == 16) {
                tile4x4(a, p, b, bOffset, c, to, inner);
            } else {
                for (int j = 0; j < SINGLE_TILE; j += 2 * LANES) {
                    tile4x2(a, p, b, bOffset + j, c, to + j, inner);
                }
            }
        }
    }

    private static void tile4x4(float[] a, int p, float[] b, int q, float[] c, int to, int inner) {
        FloatVector c00 = load(c, to);
        FloatVector c01 = load(c, to + LANES);
        FloatVector c02 = load(c, to + 2 * LANES);
        FloatVector c03 = load(c, to + 3 * LANES);
        FloatVector c10 = load(c, to + SINGLE_TILE);
        FloatVector c11 = load(c, to + SINGLE_TILE + LANES);
        FloatVector c12 = load(c, to + SINGLE_TILE + 2 * LANES);
        FloatVector c13 = load(c, to + SINGLE_TILE + 3 * LANES);
        FloatVector c20 = load(c, to + 2 * SINGLE_TILE);
        FloatVector c21 = load(c, to + 2 * SINGLE_TILE + LANES);
        FloatVector c22 = load(c, to + 2 * SINGLE_TILE + 2 * LANES);
        FloatVector c23 = load(c, to + 2 * SINGLE_TILE + 3 * LANES);
        FloatVector c30 = load(c, to + 3 * SINGLE_TILE);
        FloatVector c31 = load(c, to + 3 * SINGLE_TILE + LANES);
        FloatVector c32 = load(c, to + 3 * SINGLE_TILE + 2 * LANES);
        FloatVector c33 = load(c, to + 3 * SINGLE_TILE + 3 * LANES);
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = load(b, q);
            FloatVector b1 = load(b, q + LANES);
            FloatVector b2 = load(b, q + 2 * LANES);
            FloatVector b3 = load(b, q + 3 * LANES);
            FloatVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = constant(a[p + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
            x = constant(a[p + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            c23 = x.fma(b3, c23);
            x = constant(a[p + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            c33 = x.fma(b3, c33);
            p += SINGLE_TILE;
            q += SINGLE_TILE;
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LANES);
        c02.intoArray(c, to + 2 * LANES);
        c03.intoArray(c, to + 3 * LANES);
        c10.intoArray(c, to + SINGLE_TILE);
        c11.intoArray(c, to + SINGLE_TILE + LANES);
        c12.intoArray(c, to + SINGLE_TILE + 2 * LANES);
        c13.intoArray(c, to + SINGLE_TILE + 3 * LANES);
        c20.intoArray(c, to + 2 * SINGLE_TILE);
        c21.intoArray(c, to + 2 * SINGLE_TILE + LANES);
        c22.intoArray(c, to + 2 * SINGLE_TILE + 2 * LANES);
        c23.intoArray(c, to + 2 * SINGLE_TILE + 3 * LANES);
        c30.intoArray(c, to + 3 * SINGLE_TILE);
        c31.intoArray(c, to + 3 * SINGLE_TILE + LANES);
        c32.intoArray(c, to + 3 * SINGLE_TILE + 2 * LANES);
        c33.intoArray(c, to + 3 * SINGLE_TILE + 3 * LANES);
    }

    private static void tile4x2(float[] a, int p, float[] b, int q, float[] c, int to, int inner) {
        FloatVector c00 = load(c, to);
        FloatVector c01 = load(c, to + LANES);
        FloatVector c10 = load(c, to + SINGLE_TILE);
        FloatVector c11 = load(c, to + SINGLE_TILE + LANES);
        FloatVector c20 = load(c, to + 2 * SINGLE_TILE);
        FloatVector c21 = load(c, to + 2 * SINGLE_TILE + LANES);
        FloatVector c30 = load(c, to + 3 * SINGLE_TILE);
        FloatVector c31 = load(c, to + 3 * SINGLE_TILE + LANES);
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = load(b, q);
            FloatVector b1 = load(b, q + LANES);
            FloatVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = constant(a[p + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = constant(a[p + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = constant(a[p + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            p += SINGLE_TILE;
            q += SINGLE_TILE;
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LANES);
        c10.intoArray(c, to + SINGLE_TILE);
        c11.intoArray(c, to + SINGLE_TILE + LANES);
        c20.intoArray(c, to + 2 * SINGLE_TILE);
        c21.intoArray(c, to + 2 * SINGLE_TILE + LANES);
        c30.intoArray(c, to + 3 * SINGLE_TILE);
        c31.intoArray(c, to + 3 * SINGLE_TILE + LANES);
    }

    static void addSquare(float[] u, int uOffset, int pieces, float[] x, int xOffset, float[] z, int zOffset) {
        float[] lanes = new float[SINGLE_GROUP * DOT_LANES];
        if (LANES == DOT_LANES) {
            dotEight(u, uOffset, pieces, x, xOffset, lanes);
        } else {
            dotFour(u, uOffset, pieces, x, xOffset, lanes, 0);
            dotFour(u, uOffset + 4 * SINGLE_PIECE, pieces, x, xOffset, lanes, 4 * DOT_LANES);
        }
        for (int r = 0; r < lanes.length; r += DOT_LANES) {
            lanes[r] = tree(lanes, r);
        }
        for (int j = 0; j < SINGLE_PIECE; j += 2 * LANES) {
            addEight(u, uOffset + j, pieces, lanes, z, zOffset + j);
        }
    }

    /** Adds the upper half of sixteen lanes to the lower until one is left; written out, because such short loops cost more. */
    private static float tree(float[] l, int i) {
        float s0 = (l[i] + l[i + 8]) + (l[i + 4] + l[i + 12]);
        float s1 = (l[i + 1] + l[i + 9]) + (l[i + 5] + l[i + 13]);
        float s2 = (l[i + 2] + l[i + 10]) + (l[i + 6] + l[i + 14]);
        float s3 = (l[i + 3] + l[i + 11]) + (l[i + 7] + l[i + 15]);
        return (s0 + s2) + (s1 + s3);
    }

    /** Eight rows at once, one vector of sixteen lanes each. */
    private static void dotEight(float[] u, int p, int pieces, float[] x, int q, float[] lanes) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int t = 0; t < pieces; t++) {
            FloatVector v = load(x, q);
            s0 = load(u, p).fma(v, s0);
            s1 = load(u, p + SINGLE_PIECE).fma(v, s1);
            s2 = load(u, p + 2 * SINGLE_PIECE).fma(v, s2);
            s3 = load(u, p + 3 * SINGLE_PIECE).fma(v, s3);
            s4 = load(u, p + 4 * SINGLE_PIECE).fma(v, s4);
            s5 = load(u, p + 5 * SINGLE_PIECE).fma(v, s5);
            s6 = load(u, p + 6 * SINGLE_PIECE).fma(v, s6);
            s7 = load(u, p + 7 * SINGLE_PIECE).fma(v, s7);
            v = load(x, q + LANES);
            s0 = load(u, p + LANES).fma(v, s0);
            s1 = load(u, p + SINGLE_PIECE + LANES).fma(v, s1);
            s2 = load(u, p + 2 * SINGLE_PIECE + LANES).fma(v, s2);
            s3 = load(u, p + 3 * SINGLE_PIECE + LANES).fma(v, s3);
            s4 = load(u, p + 4 * SINGLE_PIECE + LANES).fma(v, s4);
            s5 = load(u, p + 5 * SINGLE_PIECE + LANES).fma(v, s5);
            s6 = load(u, p + 6 * SINGLE_PIECE + LANES).fma(v, s6);
            s7 = load(u, p + 7 * SINGLE_PIECE + LANES).fma(v, s7);
            p += BLOCK;
            q += SINGLE_PIECE;
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, DOT_LANES);
        s2.intoArray(lanes, 2 * DOT_LANES);
        s3.intoArray(lanes, 3 * DOT_LANES);
        s4.intoArray(lanes, 4 * DOT_LANES);
        s5.intoArray(lanes, 5 * DOT_LANES);
        s6.intoArray(lanes, 6 * DOT_LANES);
        s7.intoArray(lanes, 7 * DOT_LANES);
    }

    /** Four rows at once; the upper half of the lanes is a second vector. */
    private static void dotFour(float[] u, int p, int pieces, float[] x, int q, float[] lanes, int to) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector h0 = s0;
        FloatVector h1 = s0;
        FloatVector h2 = s0;
        FloatVector h3 = s0;
        for (int t = 0; t < pieces; t++) {
            for (int j = 0; j < SINGLE_PIECE; j += 2 * LANES) {
                FloatVector v = load(x, q + j);
                FloatVector w = load(x, q + j + LANES);
                s0 = load(u, p + j).fma(v, s0);
                h0 = load(u, p + j + LANES).fma(w, h0);
                s1 = load(u, p + SINGLE_PIECE + j).fma(v, s1);
                h1 = load(u, p + SINGLE_PIECE + j + LANES).fma(w, h1);
                s2 = load(u, p + 2 * SINGLE_PIECE + j).fma(v, s2);
                h2 = load(u, p + 2 * SINGLE_PIECE + j + LANES).fma(w, h2);
                s3 = load(u, p + 3 * SINGLE_PIECE + j).fma(v, s3);
                h3 = load(u, p + 3 * SINGLE_PIECE + j + LANES).fma(w, h3);
            }
            p += BLOCK;
            q += SINGLE_PIECE;
        }
        s0.intoArray(lanes, to);
        h0.intoArray(lanes, to + LANES);
        s1.intoArray(lanes, to + DOT_LANES);
        h1.intoArray(lanes, to + DOT_LANES + LANES);
        s2.intoArray(lanes, to + 2 * DOT_LANES);
        h2.intoArray(lanes, to + 2 * DOT_LANES + LANES);
        s3.intoArray(lanes, to + 3 * DOT_LANES);
        h3.intoArray(lanes, to + 3 * DOT_LANES + LANES);
    }

    /** Adds eight weighted rows to two vectors of every piece; the weights are the first of sixteen lanes. */
    private static void addEight(float[] u, int p, int pieces, float[] lanes, float[] z, int q) {
        FloatVector y0 = constant(lanes[0]);
        FloatVector y1 = constant(lanes[DOT_LANES]);
        FloatVector y2 = constant(lanes[2 * DOT_LANES]);
        FloatVector y3 = constant(lanes[3 * DOT_LANES]);
        FloatVector y4 = constant(lanes[4 * DOT_LANES]);
        FloatVector y5 = constant(lanes[5 * DOT_LANES]);
        FloatVector y6 = constant(lanes[6 * DOT_LANES]);
        FloatVector y7 = constant(lanes[7 * DOT_LANES]);
        for (int t = 0; t < pieces; t++) {
            FloatVector z0 = load(z, q);
            FloatVector z1 = load(z, q + LANES);
            z0 = load(u, p).fma(y0, z0);
            z1 = load(u, p + LANES).fma(y0, z1);
            z0 = load(u, p + SINGLE_PIECE).fma(y1, z0);
            z1 = load(u, p + SINGLE_PIECE + LANES).fma(y1, z1);
            z0 = load(u, p + 2 * SINGLE_PIECE).fma(y2, z0);
            z1 = load(u, p + 2 * SINGLE_PIECE + LANES).fma(y2, z1);
            z0 = load(u, p + 3 * SINGLE_PIECE).fma(y3, z0);
            z1 = load(u, p + 3 * SINGLE_PIECE + LANES).fma(y3, z1);
            z0 = load(u, p + 4 * SINGLE_PIECE).fma(y4, z0);
            z1 = load(u, p + 4 * SINGLE_PIECE + LANES).fma(y4, z1);
            z0 = load(u, p + 5 * SINGLE_PIECE).fma(y5, z0);
            z1 = load(u, p + 5 * SINGLE_PIECE + LANES).fma(y5, z1);
            z0 = load(u, p + 6 * SINGLE_PIECE).fma(y6, z0);
            z1 = load(u, p + 6 * SINGLE_PIECE + LANES).fma(y6, z1);
            z0 = load(u, p + 7 * SINGLE_PIECE).fma(y7, z0);
            z1 = load(u, p + 7 * SINGLE_PIECE + LANES).fma(y7, z1);
            z0.intoArray(z, q);
            z1.intoArray(z, q + LANES);
            p += BLOCK;
            q += SINGLE_PIECE;
        }
    }
}
