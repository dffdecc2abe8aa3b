package io.verity.estimators.procedures.hconsistency;

import java.util.function.DoubleUnaryOperator;
import net.objecthunter.exp4j.Expression;
import net.objecthunter.exp4j.ExpressionBuilder;
import net.objecthunter.exp4j.function.Function;

/**
 * A candidate bound as a formula: numbers, + - * / ^, parentheses, sqrt, exp, log (natural), log1p, expm1, tanh, abs, min, max and
 * the like, in r or t, with K, tau, q, A, rho and k as constants.
 */
final class Formula {
    private final String variable;
    private final Expression expression;

    private Formula(String variable, Expression expression) {
        this.variable = variable;
        this.expression = expression;
    }

    static DoubleUnaryOperator parse(String option, String text, String variable, NamedLoss loss) {
        Expression expression;
        try {
            expression = new ExpressionBuilder(text)
                    .functions(binary("min"), binary("max"), logarithm())
                    .variables("r", "t", "K", "tau", "q", "A", "rho", "k")
                    .build();
            loss.constants().forEach(expression::setVariable);
            expression.setVariable("r".equals(variable) ? "t" : "r", Double.NaN);
            expression.setVariable(variable, 0.25);
            expression.evaluate();
        } catch (IllegalArgumentException | ArithmeticException | java.util.EmptyStackException e) {
            throw new IllegalArgumentException(
                    "option --" + option + ": cannot read '" + text + "' as a formula in " + variable + " ("
                            + e.getMessage() + ")",
                    e);
        }
        return new Formula(variable, expression)::at;
    }

    private static Function binary(String name) {
        return new Function(name, 2) {
            @Override
            public double apply(double... x) {
                return name.equals("min") ? Math.min(x[0], x[1]) : Math.max(x[0], x[1]);
            }
        };
    }

    private static Function logarithm() {
        return new Function("ln", 1) {
            @Override
            public double apply(double... x) {
                return StrictMath.log(x[0]);
            }
        };
    }

    /** Its value; at the ends of the range, where a formula may read 0 log 0, its limit from inside. */
    private double at(double x) {
        double value = evaluate(x);
        if (Double.isNaN(value) && x == 0) {
            value = evaluate(Double.MIN_NORMAL);
        } else if (Double.isNaN(value) && x == 1 && "t".equals(variable)) {
            value = evaluate(Math.nextDown(1.0));
        }
        return value;
    }

    private double evaluate(double x) {
        try {
            return expression.setVariable(variable, x).evaluate();
        } catch (ArithmeticException e) {
            return Double.NaN; // a division by zero
        }
    }
}
