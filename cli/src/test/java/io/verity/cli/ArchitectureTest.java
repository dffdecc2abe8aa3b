package io.verity.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Who may depend on whom, and what no class may do. The layers are explained in docs/architecture.md. */
@AnalyzeClasses(packages = "io.verity", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> EXPECTED_LAYERS =
            Set.of("stats", "estimators", "simulations", "papers", "reports", "cli");

    @ArchTest
    static void everyLayerIsLookedAt(JavaClasses all) {
        for (String layer : EXPECTED_LAYERS) {
            assertThat(all.stream().filter(resideInAPackage("io.verity." + layer + "..")))
                    .as("classes of layer %s", layer)
                    .isNotEmpty();
        }
    }

    // --- layers -----------------------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule statsKnowsNobody = layer("stats");

    @ArchTest
    static final ArchRule estimatorsKnowStatsOnly = layer("estimators", "stats");

    @ArchTest
    static final ArchRule engineKnowsNoPaperAndNoEstimator = layer("simulations", "stats");

    @ArchTest
    static final ArchRule papersKnowEngineAndEstimators = layer("papers", "stats", "estimators", "simulations");

    @ArchTest
    static final ArchRule reportsKnowEngineOnly = layer("reports", "stats", "simulations");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.verity.(**)").should().beFreeOfCycles();

    private static ArchRule layer(String name, String... below) {
        DescribedPredicate<JavaClass> own = resideInAPackage("io.verity." + name + "..");
        DescribedPredicate<JavaClass> allowed = own;
        for (String lower : below) {
            allowed = allowed.or(resideInAPackage("io.verity." + lower + ".."));
        }
        return noClasses()
                .that(own)
                .should()
                .dependOnClassesThat(resideInAPackage("io.verity..").and(DescribedPredicate.not(allowed)))
                .as("layer " + name + " depends on " + List.of(below) + " alone")
                .allowEmptyShould(true);
    }

    // --- libraries where they belong --------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule tablesAndChartsAreMadeInReports = only("reports", "tech.tablesaw..", "org.jetbrains..");

    @ArchTest
    static final ArchRule commandLineLibrariesStayInCli = only("cli", "picocli..", "me.tongfei..", "org.jline..");

    @ArchTest
    static final ArchRule databaseStaysInStore = only("simulations.store", "java.sql..", "javax.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule modelRuntimesStayInTheirModule =
            only("estimators.onnx", "ai.onnxruntime..", "ai.djl..", "dev.langchain4j..");

    @ArchTest
    static final ArchRule nativeBlasStaysInItsModule = only("stats.nativeblas", "dev.ludovic..", "org.netlib..");

    @ArchTest
    static final ArchRule optionalModulesAreLeaves = only("estimators.onnx", "io.verity.estimators.onnx..");

    @ArchTest
    static final ArchRule theSmileModuleIsALeaf = only("estimators.smile", "io.verity.estimators.smile..");

    @ArchTest
    static final ArchRule optionalBackendsAreLeaves = only("stats.nativeblas", "io.verity.stats.nativeblas..");

    @ArchTest
    static void optionalModulesAreLookedAt(JavaClasses all) {
        for (String module : List.of("estimators.onnx", "stats.nativeblas")) {
            assertThat(all.stream().filter(resideInAPackage("io.verity." + module + "..")))
                    .as(module)
                    .isNotEmpty();
        }
    }

    @ArchTest
    static final ArchRule smileStaysInItsModule = only("estimators.smile", "smile..", "com.github.haifengl..");

    @ArchTest
    static final ArchRule nobodyUsesALoggingBackend = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..",
                    "org.apache.log4j..",
                    "org.apache.logging..",
                    "ch.qos..",
                    "org.slf4j.simple..",
                    "org.slf4j.impl..");

    private static ArchRule only(String owner, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.verity." + owner + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    // --- what no class may do ---------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.verity.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule nobodyPrintsToSystemStreams = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule randomnessComesFromStreamsOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.SplittableRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.random..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(StrictMath.class, "random")
            .orShould()
            .callMethod(Collections.class, "shuffle", List.class);

    @ArchTest
    static final ArchRule textNeverDependsOnTheLocale = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(Locale.class, "getDefault");

    /** Functions that may differ by one unit in the last place between platforms. */
    private static final Set<String> PLATFORM_DEPENDENT = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "cbrt", "hypot");

    @ArchTest
    static final ArchRule kernelsGiveTheSameBitsOnEveryPlatform = noClasses()
            .that()
            .resideInAnyPackage("io.verity.stats.linalg..", "io.verity.stats.losses..", "io.verity.stats.random..")
            .should()
            .callMethodWhere(describe(
                    "it is a function of Math that is not exact",
                    (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(Math.class)
                            && PLATFORM_DEPENDENT.contains(call.getName())));

    @ArchTest
    static final ArchRule nothingIsGlobalAndMutable = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(resideInAPackage("io.verity.."))
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule namesAreTheFieldsWords = classes()
            .should(new ArchCondition<>("not be named Abstract*, *Impl, *Manager or *Util") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean habit = item.getSimpleName().matches("Abstract[A-Z].*|.*(Impl|Manager|Utils?|Helper)");
                    if (habit && !item.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                        events.add(SimpleConditionEvent.violated(item, item.getName() + " names a habit, not a thing"));
                    }
                }
            });

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        List<String> unmarked = all.stream()
                .filter(resideInAPackage("io.verity.."))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }
}
