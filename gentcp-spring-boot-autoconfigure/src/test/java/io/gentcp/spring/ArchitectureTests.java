package io.gentcp.spring;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Who may know whom in the Spring layer. */
@AnalyzeClasses(packages = "io.gentcp.spring", importOptions = ArchitectureTests.MainCode.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule eachLayerKnowsOnlyTheOnesBelow = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("boot")
		.definedBy("io.gentcp.spring.boot..")
		.layer("annotation")
		.definedBy("io.gentcp.spring.annotation..")
		.layer("integration")
		.definedBy("io.gentcp.spring.integration..")
		.layer("metrics")
		.definedBy("io.gentcp.spring.metrics..")
		.layer("observation")
		.definedBy("io.gentcp.spring.observation..")
		.layer("listener")
		.definedBy("io.gentcp.spring.listener..")
		.layer("core")
		.definedBy("io.gentcp.spring.core..")
		.whereLayer("boot")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("annotation")
		.mayOnlyBeAccessedByLayers("boot")
		.whereLayer("integration")
		.mayOnlyBeAccessedByLayers("boot")
		.whereLayer("metrics")
		.mayOnlyBeAccessedByLayers("boot")
		.whereLayer("observation")
		.mayOnlyBeAccessedByLayers("boot")
		.whereLayer("listener")
		.mayOnlyBeAccessedByLayers("boot", "annotation", "integration", "metrics")
		.whereLayer("core")
		.mayOnlyBeAccessedByLayers("boot", "annotation", "integration", "metrics", "observation", "listener")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule onlyBootKnowsSpringBoot = noClasses().that()
		.resideOutsideOfPackage("io.gentcp.spring.boot..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule onlyIntegrationKnowsSpringIntegration = noClasses().that()
		.resideOutsideOfPackage("io.gentcp.spring.integration..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.integration..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule coreAndListenerKnowNoMicrometer = noClasses().that()
		.resideInAnyPackage("io.gentcp.spring.core..", "io.gentcp.spring.listener..", "io.gentcp.spring.annotation..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nothingKnowsTheTcpModuleOfSpringIntegration = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.integration.ip..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packagesAreNamedAfterWhatTheyAre = noClasses().should()
		.resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..support..", "..internal..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule classesAreNamedAfterWhatTheyAre = noClasses().should()
		.haveNameMatching(".*[.$]((Abstract|Base)[A-Z]\\w*|\\w*(Impl|Manager|Helper|Utils?))")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nothingOfOursExtendsAnythingOfOurs = noClasses().should(be(extendingOurs()))
		.allowEmptyShould(true);

	/**
	 * Exceptions, the constants of an enum, and property classes that share settings may.
	 */
	private static DescribedPredicate<JavaClass> extendingOurs() {
		return describe("a subclass of a class of ours",
				(type) -> type.getRawSuperclass()
					.filter((parent) -> parent.getPackageName().startsWith("io.gentcp"))
					.filter((parent) -> !parent.isEnum() && !parent.isAssignableTo(Throwable.class))
					.filter((parent) -> !parent.getSimpleName().endsWith("Properties"))
					.isPresent());
	}

	/** In whichever folder the build puts it. */
	static final class MainCode implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("/test-classes/");
		}

	}

}
