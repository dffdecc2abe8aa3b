package io.verity.stats.linalg.vector;

import static io.verity.stats.losses.Exponentials.E10;
import static io.verity.stats.losses.Exponentials.E11;
import static io.verity.stats.losses.Exponentials.E2;
import static io.verity.stats.losses.Exponentials.E3;
import static io.verity.stats.losses.Exponentials.E4;
import static io.verity.stats.losses.Exponentials.E5;
import static io.verity.stats.losses.Exponentials.E6;
import static io.verity.stats.losses.Exponentials.E7;
import static io.verity.stats.losses.Exponentials.E8;
import static io.verity.stats.losses.Exponentials.E9;
import static io.verity.stats.losses.Exponentials.HIGHEST;
import static io.verity.stats.losses.Exponentials.L1;
import static io.verity.stats.losses.Exponentials.L10;
import static io.verity.stats.losses.Exponentials.L2;
import static io.verity.stats.losses.Exponentials.L3;
import static io.verity.stats.losses.Exponentials.L4;
import static io.verity.stats.losses.Exponentials.L5;
import static io.verity.stats.losses.Exponentials.L6;
import static io.verity.stats.losses.Exponentials.L7;
import static io.verity.stats.losses.Exponentials.L8;
import static io.verity.stats.losses.Exponentials.L9;
import static io.verity.stats.losses.Exponentials.LN2_HIGH;
import static io.verity.stats.losses.Exponentials.LN2_LOW;
import static io.verity.stats.losses.Exponentials.LOG2_E;
import static io.verity.stats.losses.Exponentials.LOWEST;
import static io.verity.stats.losses.Exponentials.ROUNDER;
import static io.verity.stats.losses.Exponentials.ROUNDER_BITS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link io.verity.stats.losses.Exponentials} lane by lane: the same operations in the same order, so the same bits.
 *
 * <p>The species is a constant of the class: as a parameter it would defeat the compiler. So are the broadcast constants, and
 * reinterpretations are few: the compiler stops inlining at a size that a dozen more operations in one loop would pass, and
 * what it does not inline it boxes.
 */
final class VectorMath {
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private static final DoubleVector ZERO = constant(0.0);
    private static final DoubleVector ONE = constant(1.0);
    private static final DoubleVector TWO = constant(2.0);
    private static final DoubleVector TWO_TO_MINUS_64 = constant(0x1p-64);
    private static final DoubleVector V_LOWEST = constant(LOWEST);
    private static final DoubleVector V_HIGHEST = constant(HIGHEST);
    private static final DoubleVector V_ROUNDER = constant(ROUNDER);
    private static final DoubleVector V_LOG2_E = constant(LOG2_E);
    private static final DoubleVector MINUS_LN2_HIGH = constant(-LN2_HIGH);
    private static final DoubleVector MINUS_LN2_LOW = constant(-LN2_LOW);
    private static final DoubleVector V_E2 = constant(E2);
    private static final DoubleVector V_E3 = constant(E3);
    private static final DoubleVector V_E4 = constant(E4);
    private static final DoubleVector V_E5 = constant(E5);
    private static final DoubleVector V_E6 = constant(E6);
    private static final DoubleVector V_E7 = constant(E7);
    private static final DoubleVector V_E8 = constant(E8);
    private static final DoubleVector V_E9 = constant(E9);
    private static final DoubleVector V_E10 = constant(E10);
    private static final DoubleVector V_E11 = constant(E11);
    private static final DoubleVector V_L1 = constant(L1);
    private static final DoubleVector V_L2 = constant(L2);
    private static final DoubleVector V_L3 = constant(L3);
    private static final DoubleVector V_L4 = constant(L4);
    private static final DoubleVector V_L5 = constant(L5);
    private static final DoubleVector V_L6 = constant(L6);
    private static final DoubleVector V_L7 = constant(L7);
    private static final DoubleVector V_L8 = constant(L8);
    private static final DoubleVector V_L9 = constant(L9);
    private static final DoubleVector V_L10 = constant(L10);

    private VectorMath() {}

    static DoubleVector constant(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    static DoubleVector exp(DoubleVector x) {
        DoubleVector c = x.max(V_LOWEST).min(V_HIGHEST);
        DoubleVector t = c.fma(V_LOG2_E, V_ROUNDER);
        DoubleVector p = polynomial(c, t.sub(V_ROUNDER));
        LongVector biased = t.reinterpretAsLongs().sub(ROUNDER_BITS - 2048);
        LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
        DoubleVector low = half.sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
        DoubleVector high =
                biased.sub(half).sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
        return p.mul(low).mul(high);
    }

    /** exp(x) for x not positive or NaN. */
    static DoubleVector expNonPositive(DoubleVector x) {
        DoubleVector c = x.max(V_LOWEST);
        DoubleVector t = c.fma(V_LOG2_E, V_ROUNDER);
        DoubleVector p = polynomial(c, t.sub(V_ROUNDER));
        DoubleVector scale = t.reinterpretAsLongs()
                .add(64 + 1023)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
        return p.mul(scale).mul(TWO_TO_MINUS_64);
    }

    private static DoubleVector polynomial(DoubleVector x, DoubleVector k) {
        DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
        DoubleVector p = V_E11.fma(r, V_E10);
        p = p.fma(r, V_E9);
        p = p.fma(r, V_E8);
        p = p.fma(r, V_E7);
        p = p.fma(r, V_E6);
        p = p.fma(r, V_E5);
        p = p.fma(r, V_E4);
        p = p.fma(r, V_E3);
        p = p.fma(r, V_E2);
        p = p.fma(r, ONE);
        return p.fma(r, ONE);
    }

    /** log(1 + e) for e in [0, 1] or NaN. */
    static DoubleVector log1pUnit(DoubleVector e) {
        DoubleVector s = e.div(e.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector r = V_L10.fma(z, V_L9);
        r = r.fma(z, V_L8);
        r = r.fma(z, V_L7);
        r = r.fma(z, V_L6);
        r = r.fma(z, V_L5);
        r = r.fma(z, V_L4);
        r = r.fma(z, V_L3);
        r = r.fma(z, V_L2);
        r = r.fma(z, V_L1);
        return s.neg().fma(z.neg().fma(r, e), e);
    }

    /** sigma(-m), given e = exp(-|m|). */
    static DoubleVector sigmoidNegative(DoubleVector m, DoubleVector e) {
        return e.blend(ONE, m.compare(VectorOperators.LT, ZERO)).div(e.add(ONE));
    }

    /** log(1 + exp(-m)), given e = exp(-|m|). */
    static DoubleVector loss(DoubleVector m, DoubleVector e) {
        return m.neg().max(ZERO).add(log1pUnit(e));
    }

    /** The sum of eight lanes held in one vector of eight or two of four, by the official tree. */
    static double tree(DoubleVector low, DoubleVector high) {
        if (LANES == 8) {
            return ((low.lane(0) + low.lane(4)) + (low.lane(2) + low.lane(6)))
                    + ((low.lane(1) + low.lane(5)) + (low.lane(3) + low.lane(7)));
        }
        DoubleVector s = low.add(high);
        return (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3));
    }
}
