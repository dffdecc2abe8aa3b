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
import static io.verity.stats.losses.Exponentials.L2;
import static io.verity.stats.losses.Exponentials.L3;
import static io.verity.stats.losses.Exponentials.L4;
import static io.verity.stats.losses.Exponentials.L5;
import static io.verity.stats.losses.Exponentials.L6;
import static io.verity.stats.losses.Exponentials.L7;
import static io.verity.stats.losses.Exponentials.L8;
import static io.verity.stats.losses.Exponentials.LN2_HIGH;
import static io.verity.stats.losses.Exponentials.LN2_LOW;
import static io.verity.stats.losses.Exponentials.LOG1P_SPLIT;
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
 * <p>The species is a constant of the class: as a parameter it would defeat the compiler. Choices between two values follow
 * a sign bit, which costs three bit operations; masks are slow before Java 18.
 */
final class VectorMath {
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorMath() {}

    static DoubleVector constant(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    /** All ones where the sign bit of v is set, else zeros. */
    static LongVector signs(DoubleVector v) {
        return v.reinterpretAsLongs().lanewise(VectorOperators.ASHR, 63);
    }

    /** a where the selector is all ones, b where it is zero. */
    static DoubleVector choose(LongVector selector, DoubleVector a, DoubleVector b) {
        LongVector bits = b.reinterpretAsLongs();
        return a.reinterpretAsLongs()
                .lanewise(VectorOperators.XOR, bits)
                .and(selector)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsDoubles();
    }

    /** a where the selector is all ones, 0 where it is zero. */
    static DoubleVector keep(LongVector selector, DoubleVector a) {
        return a.reinterpretAsLongs().and(selector).reinterpretAsDoubles();
    }

    static DoubleVector exp(DoubleVector x) {
        DoubleVector c = x.blend(constant(LOWEST), x.compare(VectorOperators.LT, LOWEST));
        c = c.blend(constant(HIGHEST), c.compare(VectorOperators.GT, HIGHEST));
        DoubleVector t = c.fma(constant(LOG2_E), constant(ROUNDER));
        DoubleVector p = polynomial(c, t.sub(ROUNDER));
        LongVector biased = t.reinterpretAsLongs().sub(ROUNDER_BITS - 2048);
        LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
        DoubleVector low = half.sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
        DoubleVector high =
                biased.sub(half).sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
        return p.mul(low).mul(high);
    }

    /** exp(-a) for a >= 0 or NaN. */
    static DoubleVector expOfMinus(DoubleVector a) {
        DoubleVector c = choose(signs(constant(-LOWEST).sub(a)), constant(LOWEST), a.neg());
        DoubleVector t = c.fma(constant(LOG2_E), constant(ROUNDER));
        DoubleVector p = polynomial(c, t.sub(ROUNDER));
        DoubleVector scale = t.reinterpretAsLongs()
                .add(64 + 1023)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
        return p.mul(scale).mul(0x1p-64);
    }

    private static DoubleVector polynomial(DoubleVector x, DoubleVector k) {
        DoubleVector r = k.fma(constant(-LN2_LOW), k.fma(constant(-LN2_HIGH), x));
        DoubleVector p = constant(E11).fma(r, constant(E10));
        p = p.fma(r, constant(E9));
        p = p.fma(r, constant(E8));
        p = p.fma(r, constant(E7));
        p = p.fma(r, constant(E6));
        p = p.fma(r, constant(E5));
        p = p.fma(r, constant(E4));
        p = p.fma(r, constant(E3));
        p = p.fma(r, constant(E2));
        p = p.fma(r, constant(1.0));
        return p.fma(r, constant(1.0));
    }

    /** log(1 + e) for e in [0, 1] or NaN. */
    static DoubleVector log1pUnit(DoubleVector e) {
        LongVector upper = signs(constant(LOG1P_SPLIT).sub(e));
        DoubleVector f = choose(upper, e.sub(1.0).mul(0.5), e);
        DoubleVector s = f.div(f.add(2.0));
        DoubleVector z = s.mul(s);
        DoubleVector r = constant(L8).fma(z, constant(L7));
        r = r.fma(z, constant(L6));
        r = r.fma(z, constant(L5));
        r = r.fma(z, constant(L4));
        r = r.fma(z, constant(L3));
        r = r.fma(z, constant(L2));
        r = r.fma(z, constant(L1));
        DoubleVector correction = s.fma(r.neg().fma(z, f), keep(upper, constant(-LN2_LOW)));
        return keep(upper, constant(LN2_HIGH)).sub(correction.sub(f));
    }

    /** sigma(-m), given e = exp(-|m|). */
    static DoubleVector sigmoidNegative(DoubleVector m, DoubleVector e) {
        return choose(signs(m), constant(1.0), e).div(e.add(1.0));
    }

    /** log(1 + exp(-m)), given e = exp(-|m|). */
    static DoubleVector loss(DoubleVector m, DoubleVector e) {
        return keep(signs(m), m.neg()).add(log1pUnit(e));
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
